import { ApiError, split, type Call } from './call.ts';
import { isFree, isOption, setOption } from './options.ts';
import type { User } from './state.ts';

type Change = readonly [name: string, value: string | null];

const longest = 65_530;

function changesOf(call: Call): Change[] {
  const changes = split(call.get('change') ?? '').map((change): Change => {
    const [name = '', ...value] = change.split('=');
    return [name, value.length > 0 ? value.join('=') : null];
  });
  const name = call.get('optionname');
  return name === null ? changes : [...changes, [name, call.get('optionvalue')]];
}

/** Returns the error of a change; null if there is none. */
function objection(user: User, [name, value]: Change): string | null {
  if (!isOption(user, name)) return 'not a valid preference.';
  if (value === null) return null;
  if (isFree(name)) {
    const isLong = new TextEncoder().encode(value).length > longest;
    return isLong ? `value too long (no more than ${longest.toLocaleString('en')} bytes allowed).` : null;
  }
  const isGender = name !== 'gender' || ['male', 'female', 'unknown'].includes(value);
  return isGender ? null : 'The value you specified is not a valid option.';
}

function reset(call: Call): void {
  const kinds = split(call.get('resetkinds') ?? 'all');
  for (const name of [...call.viewer.options.keys()]) {
    const kind = isFree(name) ? 'userjs' : 'registered';
    if (kinds.includes('all') || kinds.includes(kind)) setOption(call.viewer, name, null);
  }
}

/** action=options: changes preferences; one without a value is reset to its default. */
export function changeOptions(call: Call): () => Record<string, unknown> {
  const changes = changesOf(call);
  return () => {
    if (call.viewer.kind !== 'named') {
      throw new ApiError('notloggedin', 'You must be logged in to edit your preferences.');
    }
    if (changes.length === 0 && !call.has('reset')) {
      throw new ApiError('nochanges', 'No changes were requested.');
    }
    if (call.has('reset')) reset(call);
    for (const change of changes) {
      const [name, value] = change;
      const why = objection(call.viewer, change);
      if (why === null) {
        setOption(call.viewer, name, value);
      } else {
        const text = `Validation error for "${name}": ${why}`;
        call.warnings.push({ module: 'options', code: 'validationfailed', text });
      }
    }
    return { options: 'success' };
  };
}
