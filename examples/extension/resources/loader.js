// Places the card, and loads the element. Written in ES5, because MediaWiki 1.39 replaces a newer script by an error.
var config = require('./config.json');

function isOn(place) {
  return config.MentorshipModulePlaces.indexOf(place) !== -1;
}

function is(name, value) {
  return mw.config.get(name) === value;
}

/** Replaces the card of Special:Homepage once ours is ready. Keeps it for a reader without a card, and on an error. */
function replaceOriginal(card, original) {
  card.hidden = true;
  card.addEventListener('mentorship-ready', function (event) {
    var isShown = event.variant !== 'none';
    card.hidden = !isShown;
    // Takes its very place, because modules of the homepage have margins, or are items of a grid.
    ['margin', 'gridArea', 'order'].forEach(function (name) {
      card.style[name] = getComputedStyle(original)[name];
    });
    original.style.display = isShown ? 'none' : '';
  });
  original.parentNode.insertBefore(card, original);
}

/** Returns false if the card has no place on this page. */
function place(card) {
  var content = document.getElementById('mw-content-text');
  var original = document.querySelector('.growthexperiments-homepage-module-mentorship');
  var column = document.querySelector(
    '#mw-panel, #mw-site-navigation, #sidebar, #vector-main-menu-pinned-container'
  );
  if (is('wgCanonicalSpecialPageName', 'Homepage') && isOn('Homepage') && original) {
    replaceOriginal(card, original.closest('a') || original);
  } else if (
    isOn('userPage') &&
    is('wgNamespaceNumber', 2) &&
    is('wgTitle', mw.config.get('wgUserName')) &&
    is('wgAction', 'view')
  ) {
    content.insertBefore(card, content.firstChild);
  } else if (isOn('sidebar')) {
    card.setAttribute('layout', 'summary');
    // Minerva has no column, and Vector 2022 hides its column while its menu is hidden.
    if (column && column.offsetHeight) {
      // MonoBook's column is as wide as the page, and only its portlets are narrow.
      card.className = 'mentorship-module-sidebar portlet';
      column.appendChild(card);
    } else {
      content.insertBefore(card, content.firstChild);
    }
  } else {
    return false;
  }
  return true;
}

$(function () {
  var card = document.createElement('mentorship-module');
  card.lang = document.documentElement.lang;
  if (place(card)) {
    var script = document.createElement('script');
    script.type = 'module';
    script.src = config.ExtensionAssetsPath + '/MentorshipModule/resources/dist/mentorship-module.js';
    document.head.appendChild(script);
  }
});
