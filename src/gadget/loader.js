/* Mentorship cards: where they stand. docs/gadget.md explains each line. */
window.mentorshipModule = {
  pages: [],
  userPage: false,
  sidebar: false,
  homepage: 'experienced',
  enrol: 'link',
};

/* Below this line there is nothing to edit. */
(function (mw, settings) {
  var get = function (name) {
    return mw.config.get(name);
  };
  var load = function () {
    mw.loader.load('ext.gadget.mentorship-module');
  };
  var user = get('wgUserName');
  var special = get('wgCanonicalSpecialPageName');
  var title = special ? 'Special:' + special : String(get('wgPageName')).replace(/_/g, ' ');
  if (!user || get('wgUserIsTemp')) return;
  if (
    settings.sidebar ||
    (special === 'Homepage' && settings.homepage !== 'nobody') ||
    (get('wgAction') === 'view' &&
      (settings.pages.indexOf(title) > -1 ||
        (settings.userPage && get('wgNamespaceNumber') === 2 && get('wgTitle') === user)))
  )
    load();
  mw.hook('wikipage.content').add(function (content) {
    if (content.find('div.mentorship-module').length || content.is('div.mentorship-module')) load();
  });
})(mediaWiki, window.mentorshipModule);
