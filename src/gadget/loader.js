/* Mentorship cards. The settings are on a page of their own. */
(function () {
  // Without a page of settings, the defaults apply.
  var settings = window.mentorshipModule || {};
  var NAME = 'mentorship-module';
  var PAGE = 'MediaWiki:Gadget-' + NAME;
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
    texts: 'a title'
  };
  var config = mw.config.get();
  var user = config.wgUserName;
  var special = config.wgCanonicalSpecialPageName;
  var append = function (script) {
    if (script) document.head.append(script);
  };
  var warn = function (mistake) {
    console.warn(NAME + ': ' + PAGE + mistake);
    append(checks);
  };
  // The scripts import each other from these very addresses: another one would evaluate them a second time.
  var addressOf = function (page) {
    return config.wgScript + '?title=' + PAGE + page + '.js&action=raw&ctype=text/javascript';
  };
  var scriptOf = function (page) {
    var script = document.createElement('script');
    script.type = 'module';
    script.src = addressOf(page);
    // Reports a page that is missing, or is not our script.
    script.onload = script.onerror = function () {
      append(checks);
      if (page || !customElements.get(NAME))
        fetch(script.src)
          .then(function (response) {
            // Others, such as that of a busy server, are temporary.
            return response.status < 429 && response.text();
          })
          .then(function (text) {
            // Throws for a temporary error.
            if (text.indexOf('/*! m'))
              warn(
                page +
                  '.js: the page is ' +
                  (text ? 'not our script' : 'missing') +
                  '. Import import.xml again.'
              );
          })
          .catch(isText);
    };
    return script;
  };
  var card = scriptOf('');
  // The script that shows mistakes on the page, for viewers who may edit these pages.
  var checks = /\bsysop\b|interface-/.test(config.wgUserGroups) && scriptOf('-check');
  var add = append.bind(0, card);
  // Resolves with true if a page turns all cards off. Without cookies, proxies keep one response for all readers.
  var isOff = function (cache) {
    return fetch(addressOf('-off'), { cache: cache, credentials: 'omit' })
      .then(function (response) {
        return response.json();
      })
      .catch(isText);
  };
  var load = function () {
    // The card finds later places by itself.
    load = isText;
    // Takes the browser's last response, however old, so that no card waits for the network.
    isOff('force-cache').then(function (off) {
      // Renews it for the next page view.
      isOff('no-cache');
      if (!off)
        if (config.debug) fetch(card.src, { cache: 'reload' }).then(add, add);
        else add();
    });
  };
  var isText = function (value) {
    return '' + value === value;
  };
  for (var name in settings) {
    var value = settings[name];
    var allowed = ALLOWED[name];
    var isValid =
      value == null ||
      (name == 'pages'
        ? [value].flat().every(isText)
        : name == 'texts'
          ? isText(value)
          : allowed && allowed.includes(JSON.stringify(value)));
    if (!isValid)
      warn(
        '-settings.js: “' +
          name +
          '” ' +
          (allowed ? 'must be ' + allowed : 'is no field. Use: ' + Object.keys(ALLOWED)) +
          '.'
      );
  }
  // Deletes the cards of others that are kept (“mentorship-module kept … ID”), because this page may have no element.
  try {
    for (name in localStorage)
      if (!name.indexOf(NAME + ' k') && !name.endsWith(' ' + config.wgUserId)) delete localStorage[name];
  } catch (error) {
    // Access to storage is denied.
  }
  if (!user || config.wgUserIsTemp) return;
  if (/mentorship-check=1\b/.test(location.search)) append(checks);
  // A viewer who has disabled GrowthExperiments' program gets no card.
  if (mw.user.options.get('growthexperiments-homepage-mentorship-enabled') == 0) return;
  if (
    settings.sidebar ||
    (special == 'Homepage' && settings.homepage != 'nobody') ||
    (config.wgAction == 'view' &&
      ([settings.pages]
        .flat()
        .join('|')
        .toLowerCase()
        .split('|')
        .includes((special ? 'Special:' + special : config.wgPageName.replace(/_/g, ' ')).toLowerCase()) ||
        (settings.userPage && config.wgNamespaceNumber == 2 && config.wgTitle == user)))
  )
    load();
  mw.hook('wikipage.content').add(function (content) {
    if (content.find(PLACE)[0] || content.is(PLACE)) load();
  });
})();
