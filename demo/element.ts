// Registers the element, for code that was copied from the gallery.
import { MentorshipModule } from '../src/index.js';

MentorshipModule.define();
