import { MentorshipModule } from 'mentorship-module';

MentorshipModule.define();
const element = document.createElement('mentorship-module');
void element.refresh();
element.addEventListener('mentorship-ready', (event) => event.variant);

// @ts-expect-error: a misspelt property
element.them = 'dark';
