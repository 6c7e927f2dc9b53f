/* Mentorship cards; docs/gadget.md explains each line. */
window.mentorshipModule = {
  pages: [],
  userPage: false,
  sidebar: false,
  homepage: 'experienced',
  enrol: 'link',
  texts: '',
};

/* Below this line there is nothing to edit. */
(function (mw, settings) {
  var get = function (name) {
    return mw.config.get(name);
  };
  var keep = get('debug') ? 0 : 86400;
  // As it stands: before MediaWiki 1.41 the wiki refuses gadgets that are newer than ES5.
  var script =
    get('wgScript') +
    '?title=MediaWiki:Gadget-mentorship-module.js&action=raw&ctype=text/javascript&maxage=' +
    keep +
    '&smaxage=' +
    keep;
  var load = function () {
    if (script) mw.loader.load(script);
    script = '';
  };
  var user = get('wgUserName');
  var special = get('wgCanonicalSpecialPageName');
  var title = special ? 'Special:' + special : String(get('wgPageName')).replace(/_/g, ' ');
  if (!user || get('wgUserIsTemp')) return;
  if (
    settings.sidebar ||
    (special === 'Homepage' && settings.homepage !== 'nobody') ||
    (get('wgAction') === 'view' &&
      (('|' + [].concat(settings.pages || []).join('|') + '|')
        .toLowerCase()
        .indexOf('|' + title.toLowerCase() + '|') > -1 ||
        (settings.userPage && get('wgNamespaceNumber') === 2 && get('wgTitle') === user)))
  )
    load();
  mw.hook('wikipage.content').add(function (content) {
    if (content.find('div.mentorship-module').length || content.is('div.mentorship-module')) load();
  });
})(mediaWiki, window.mentorshipModule);
