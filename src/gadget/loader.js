/* Mentorship cards. The settings are on a page of their own. */
(function (mw) {
  // Without a page of settings, the defaults apply.
  var settings = window.mentorshipModule || {};
  // Valid values by setting.
  var FLAG = 'true or false';
  var ALLOWED = {
    pages: 'a list of titles',
    userPage: FLAG,
    sidebar: FLAG,
    homepage: '"experienced", "everybody" or "nobody"',
    enroll: '"link" or "here"',
    reasons: FLAG,
    texts: 'a title',
  };
  var get = function (name) {
    return mw.config.get(name);
  };
  var warn = function (page, mistake) {
    console.warn('mentorship-module: MediaWiki:Gadget-mentorship-module' + page + '.js: ' + mistake);
    check();
  };
  // The scripts import each other from these very addresses: another one would evaluate them a second time.
  var scriptOf = function (page) {
    var base = get('wgScript') + '?title=MediaWiki:Gadget-mentorship-module' + page;
    var script = Object.assign(document.createElement('script'), {
      type: 'module',
      src: base + '.js&action=raw&ctype=text/javascript',
    });
    // Reports a page that is missing, or is not our script.
    script.onload = script.onerror = function () {
      if (!page) {
        check();
        if (window.customElements.get('mentorship-module')) return;
      }
      fetch(script.src)
        .then(function (response) {
          return response.text().then(function (text) {
            var fault = text && response.ok ? 'not our script' : 'missing';
            // Others, such as that of a busy server, are temporary.
            if (response.status < 429 && text.indexOf('/*! mentorship-module '))
              warn(page, 'the page is ' + fault + '. Import import.xml again.');
          });
        })
        .catch(function () {});
    };
    return script;
  };
  var card = scriptOf('');
  // The script that shows mistakes on the page, for viewers who may edit these pages.
  var checks = /(^|,)(sysop|interface-admin)(,|$)/.test(get('wgUserGroups')) && scriptOf('-check');
  var check = function () {
    if (checks) document.head.append(checks);
  };
  // Appended again, the element runs nothing again.
  var add = function () {
    document.head.append(card);
  };
  var load = function () {
    if (get('debug')) fetch(card.src, { cache: 'reload' }).then(add, add);
    else add();
  };
  var isText = function (value) {
    return typeof value === 'string';
  };
  Object.keys(settings).forEach(function (name) {
    var value = settings[name];
    var allowed = ALLOWED[name];
    var isValid =
      name === 'pages'
        ? [].concat(value).every(isText)
        : name === 'texts'
          ? isText(value)
          : allowed && allowed.indexOf(JSON.stringify(value)) > -1;
    var remedy = allowed
      ? 'must be ' + allowed
      : 'is no field, so it is ignored. Write one of: ' + Object.keys(ALLOWED).join(', ');
    if (value != null && !isValid) warn('-settings', '“' + name + '” ' + remedy + '.');
  });
  var user = get('wgUserName');
  var special = get('wgCanonicalSpecialPageName');
  var title = special ? 'Special:' + special : get('wgPageName').replace(/_/g, ' ');
  if (!user || get('wgUserIsTemp')) return;
  if (/[?&]mentorship-check=1(&|$)/.test(window.location.search)) check();
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
