const PATIENCE_MS = 1_500;

/** Resolves when the work has ended, and after 1.5 s at the latest. */
export const withPatience = (work: Promise<unknown> | undefined): Promise<unknown> =>
  Promise.race([work, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
