// Installs missing packages and lets Node run TypeScript: `node --import ./scripts/prepare.mjs FILE`.
import { installPackages } from './setup.mjs';

installPackages();
await import('tsx');
