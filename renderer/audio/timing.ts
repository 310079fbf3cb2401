/** Kept before the countdown's end, in seconds, so that the first word is whole: people start early. */
export const preRollSeconds = 0.6;
/** What the ring holds, in seconds: the pre-roll, and room for a busy machine to begin a take late. */
export const ringSeconds = 3;
