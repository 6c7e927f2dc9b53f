/* Mentorship cards. The settings are on a page of their own. */
(function (mw) {
  // Without a page of settings, the defaults apply.
  var settings = window.mentorshipModule || {};
  var NAME = 'mentorship-module';
  var PLACE = 'div.' + NAME;
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
  var get = mw.config.get.bind(mw.config);
  var titleOf = function (page) {
    return 'MediaWiki:Gadget-' + NAME + page + '.js';
  };
  var warn = function (page, mistake) {
    console.warn(NAME + ': ' + titleOf(page) + ': ' + mistake);
    check();
  };
  // The scripts import each other from these very addresses: another one would evaluate them a second time.
  var scriptOf = function (page) {
    var script = document.createElement('script');
    script.type = 'module';
    script.src = get('wgScript') + '?title=' + titleOf(page) + '&action=raw&ctype=text/javascript';
    // Reports a page that is missing, or is not our script.
    script.onload = script.onerror = function () {
      if (!page) {
        check();
        if (customElements.get(NAME)) return;
      }
      fetch(script.src)
        .then(function (response) {
          return response.text().then(function (text) {
            var fault = text && response.ok ? 'not our script' : 'missing';
            // Others, such as that of a busy server, are temporary.
            if (response.status < 429 && text.indexOf('/*! ' + NAME + ' '))
              warn(page, 'the page is ' + fault + '. Import import.xml again.');
          });
        })
        .catch(function () {});
    };
    return script;
  };
  var card = scriptOf('');
  // The script that shows mistakes on the page, for viewers who may edit these pages. The first group is “*”.
  var checks = /,(sysop|interface-admin)(,|$)/.test(get('wgUserGroups')) && scriptOf('-check');
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
  for (var name in settings) {
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
      : 'is no field. Write one of: ' + Object.keys(ALLOWED).join(', ');
    if (value != null && !isValid) warn('-settings', '“' + name + '” ' + remedy + '.');
  }
  var user = get('wgUserName');
  var special = get('wgCanonicalSpecialPageName');
  var title = special ? 'Special:' + special : get('wgPageName').replace(/_/g, ' ');
  // The browser may keep the card of a user who was signed in before.
  try {
    for (var key in localStorage)
      if (!key.indexOf(NAME + ' kept ') && +key.split(' ').pop() !== get('wgUserId'))
        delete localStorage[key];
  } catch (error) {
    // Access to storage is denied.
  }
  if (!user || get('wgUserIsTemp')) return;
  if (/[?&]mentorship-check=1(&|$)/.test(location.search)) check();
  if (
    settings.sidebar ||
    (special === 'Homepage' && settings.homepage !== 'nobody') ||
    (get('wgAction') === 'view' &&
      ([].concat(settings.pages).join('|').toLowerCase().split('|').indexOf(title.toLowerCase()) > -1 ||
        (settings.userPage && get('wgNamespaceNumber') === 2 && get('wgTitle') === user)))
  )
    load();
  mw.hook('wikipage.content').add(function (content) {
    if (content.find(PLACE).length || content.is(PLACE)) load();
  });
})(mediaWiki);
