import type { FormEvent, ReactNode } from 'react';
import { useEffect, useId, useRef } from 'react';
import type { FormProblems } from '../core/form-problems.ts';
import look from './form.module.css';
import { Notice } from './notice.tsx';

interface FormProps {
  readonly onSubmit: () => void;
  /** What the last attempt was refused for; focus goes to the first field that is wrong. */
  readonly problems: FormProblems | null;
  /** Says that what is marked needs correcting. */
  readonly problemTitle: string;
  readonly actions: ReactNode;
  readonly children: ReactNode;
}

/** A form that says what was wrong where it is, and keeps what was typed. What a field cannot read is not sent. */
export function Form({ onSubmit, problems, problemTitle, actions, children }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (problems) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problems]);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const unreadable = inputsOf(event.currentTarget).find(({ validity }) => validity.patternMismatch);
    if (unreadable) unreadable.focus();
    else onSubmit();
  };
  return (
    <form ref={form} className={look['form']} onSubmit={submit} noValidate>
      {problems && (
        <Notice kind="loss" title={problemTitle} announced>
          {problems.rest.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </Notice>
      )}
      {children}
      <div className={look['actions']}>{actions}</div>
    </form>
  );
}

function inputsOf(form: HTMLFormElement): HTMLInputElement[] {
  return [...form.querySelectorAll('input')];
}

/** Fields that stand beside each other where there is room. */
export function FieldRow({ children }: { readonly children: ReactNode }) {
  return <div className={look['row']}>{children}</div>;
}

/** Fields that belong together, under a heading. */
export function FieldGroup({
  legend,
  hint,
  problem,
  children,
}: {
  readonly legend: string;
  readonly hint?: string;
  readonly problem?: string | undefined;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <fieldset className={look['group']} aria-describedby={problem ? id : undefined}>
      <legend className={look['legend']}>{legend}</legend>
      {hint && <p className={look['hint']}>{hint}</p>}
      {children}
      {problem && (
        <p className={look['problem']} id={id}>
          {problem}
        </p>
      )}
    </fieldset>
  );
}

/** Boxes to tick, as many in a row as there is room for. */
export function Checks({ children }: { readonly children: ReactNode }) {
  return <div className={look['checks']}>{children}</div>;
}

interface ChoiceProps<Value extends string> {
  readonly name: string;
  readonly value: Value;
  readonly options: readonly {
    readonly value: Value;
    readonly label: string;
    readonly hint?: string | undefined;
  }[];
  readonly onChange: (value: Value) => void;
}

/** One of a few, each with what it means. */
export function Choices<Value extends string>({ name, value, options, onChange }: ChoiceProps<Value>) {
  return (
    <div className={look['choices']}>
      {options.map((option) => (
        <label key={option.value} className={look['choice']}>
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>
            <span className={look['choiceLabel']}>{option.label}</span>
            {option.hint && <span className={look['choiceHint']}>{option.hint}</span>}
          </span>
        </label>
      ))}
    </div>
  );
}
