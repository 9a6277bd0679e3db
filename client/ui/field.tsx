import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes, TextareaHTMLAttributes } from 'react';
import { useId } from 'react';
import { classes } from './classes.ts';
import look from './field.module.css';

interface FrameProps {
  readonly label: string;
  readonly hint?: ReactNode;
  /** What is wrong with what is written. */
  readonly problem?: string | null | undefined;
  readonly className?: string | undefined;
}

interface Wiring {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
  readonly className: string | undefined;
}

function useFrame({ label, hint, problem, className }: FrameProps) {
  const id = useId();
  const control: Wiring = {
    id,
    'aria-describedby': classes(hint ? `${id}-hint` : null, problem ? `${id}-problem` : null) || undefined,
    'aria-invalid': problem ? true : undefined,
    className: look['control'],
  };
  const frame = (children: ReactNode) => (
    <div className={classes(look['field'], className)}>
      <label className={look['label']} htmlFor={id}>
        {label}
      </label>
      {hint && (
        <p className={look['hint']} id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children}
      {problem && (
        <p className={look['problem']} id={`${id}-problem`}>
          {problem}
        </p>
      )}
    </div>
  );
  return { control, frame };
}

type Without<T> = Omit<T, 'id' | 'className'>;

/** One line of input with its label, hint and problem. */
export function Field({
  label,
  hint,
  problem,
  className,
  ...input
}: FrameProps & Without<InputHTMLAttributes<HTMLInputElement>>) {
  const { control, frame } = useFrame({ label, hint, problem, className });
  return frame(<input {...input} {...control} />);
}

/** Several lines of input. */
export function TextField({
  label,
  hint,
  problem,
  className,
  ...input
}: FrameProps & Without<TextareaHTMLAttributes<HTMLTextAreaElement>>) {
  const { control, frame } = useFrame({ label, hint, problem, className });
  return frame(<textarea {...input} {...control} />);
}

/** One of a list; give it `option` children. */
export function SelectField({
  label,
  hint,
  problem,
  className,
  children,
  ...select
}: FrameProps & Without<SelectHTMLAttributes<HTMLSelectElement>>) {
  const { control, frame } = useFrame({ label, hint, problem, className });
  return frame(
    <select {...select} {...control}>
      {children}
    </select>,
  );
}

/** Yes or no. */
export function CheckField({
  label,
  hint,
  className,
  ...input
}: Omit<FrameProps, 'problem'> & Without<InputHTMLAttributes<HTMLInputElement>>) {
  const id = useId();
  return (
    <div className={classes(look['check'], className)}>
      <input
        {...input}
        id={id}
        type="checkbox"
        className={look['box']}
        aria-describedby={hint ? `${id}-hint` : undefined}
      />
      <label htmlFor={id}>{label}</label>
      {hint && (
        <p className={look['hint']} id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
