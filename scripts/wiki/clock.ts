interface Duration {
  days?: number;
  hours?: number;
  minutes?: number;
}

/** Returns dates relative to one moment. */
export interface Clock {
  ago(duration: Duration): Date;
  plus(duration: Duration): Date;
}

export function clockAt(date: Date): Clock {
  const shifted = ({ days = 0, hours = 0, minutes = 0 }: Duration, sign: 1 | -1) =>
    new Date(date.getTime() + sign * (((days * 24 + hours) * 60 + minutes) * 60_000));
  return { ago: (duration) => shifted(duration, -1), plus: (duration) => shifted(duration, 1) };
}
