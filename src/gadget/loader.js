/* Mentorship cards. The settings are on a page of their own. */
(function (mw) {
  // Without a page of settings, the defaults apply.
  var settings = window.mentorshipModule || {};
  var get = function (name) {
    return mw.config.get(name);
  };
  // The dialogs import the card from this very address: another one would evaluate it a second time.
  var script = Object.assign(document.createElement('script'), {
    type: 'module',
    src: get('wgScript') + '?title=MediaWiki:Gadget-mentorship-module.js&action=raw&ctype=text/javascript',
  });
  // Appended again, the element runs nothing again.
  var add = function () {
    document.head.append(script);
  };
  var load = function () {
    if (get('debug')) fetch(script.src, { cache: 'reload' }).then(add, add);
    else add();
  };
  var user = get('wgUserName');
  var special = get('wgCanonicalSpecialPageName');
  var title = special ? 'Special:' + special : get('wgPageName').replace(/_/g, ' ');
  if (!user || get('wgUserIsTemp')) return;
  if (
    settings.sidebar ||
    (special === 'Homepage' && settings.homepage !== 'nobody') ||
    (get('wgAction') === 'view' &&
      (('|' + [].concat(settings.pages).join('|') + '|')
        .toLowerCase()
        .indexOf('|' + title.toLowerCase() + '|') > -1 ||
        (settings.userPage && get('wgNamespaceNumber') === 2 && get('wgTitle') === user)))
  )
    load();
  mw.hook('wikipage.content').add(function (content) {
    if (content.find('div.mentorship-module').length || content.is('div.mentorship-module')) load();
  });
})(mediaWiki);
