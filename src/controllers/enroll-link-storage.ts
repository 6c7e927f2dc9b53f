/**
 * Returns the `localStorage` key for the card and the time at which the viewer followed the link to the wiki's page for
 * new mentors. complete-enroll.ts reads the entry when the viewer comes back.
 */
export const enrollLinkKey = (source: string, viewer: string) =>
  `mentorship-module enroll ${source} ${viewer}`;
