/** A portrait that must not live on in a copy; when it was begun (ISO 8601), where that is still known. */
export interface Gone {
  portraitId: string;
  begunAt: string | undefined;
  /** The person is erased; otherwise they took some uses back, and are still in the library. */
  erased: boolean;
}
