/* Settings of the mentorship cards; docs/gadget.md explains each line. */
window.mentorshipModule = {
  off: false,
  pages: [],
  userPage: false,
  sidebar: false,
  homepage: 'experienced',
  enroll: 'link',
  reasons: false,
  texts: '',
};
