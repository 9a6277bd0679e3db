import { useState } from 'react';
import { Field } from './field.tsx';

interface NumberFieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly problem?: string | null | undefined;
  /** Null: left empty. */
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
  readonly required?: boolean;
}

/** A whole number. What is typed stays as typed; anything that is not a number counts as empty. */
export function NumberField({ label, hint, problem, value, onChange, required }: NumberFieldProps) {
  const [typed, setTyped] = useState(value === null ? '' : String(value));
  return (
    <Field
      label={label}
      hint={hint}
      problem={problem}
      inputMode="numeric"
      required={required}
      autoComplete="off"
      value={typed}
      onChange={(event) => {
        setTyped(event.target.value);
        onChange(wholeNumber(event.target.value));
      }}
    />
  );
}

function wholeNumber(text: string): number | null {
  const digits = text.replace(/\s/gu, '');
  return /^\d{1,9}$/u.test(digits) ? Number(digits) : null;
}
