// Repeats the imports because tsc leaves an import of values out of define.d.ts, and the types of the tag and its events with it.
import './events.js';
import './mentorship-module.js';
import { MentorshipModule } from './mentorship-module.js';

MentorshipModule.define();
