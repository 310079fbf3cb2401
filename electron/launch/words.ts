/** One line for the person at the terminal: French first, then English. */
export function say(french: string, english: string): void {
  console.log(`${french} · ${english}`);
}

/** The same for what went wrong or needs care. */
export function warn(french: string, english: string): void {
  console.error(`! ${french} · ${english}`);
}
