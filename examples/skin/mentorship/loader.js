// Loads the element for readers with an account. Written in ES5, because MediaWiki 1.39 replaces a newer script by an error.
var folder = 'Example';
var config = require('./config.json');

$(function () {
  var script = document.createElement('script');
  script.type = 'module';
  script.src = config.path + '/' + folder + '/mentorship/dist/mentorship-module.js';
  if (
    mw.config.get('wgUserName') &&
    !mw.config.get('wgUserIsTemp') &&
    document.querySelector('mentorship-module')
  ) {
    document.head.appendChild(script);
  }
});
