// Also imports for side effects, because tsc drops an import of values from define.d.ts, and the global types with it.
import './events.js';
import './mentorship-module.js';
import { MentorshipModule } from './mentorship-module.js';

MentorshipModule.define();
