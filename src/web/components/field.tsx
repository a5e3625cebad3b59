import type { ComponentChildren, JSX, VNode } from 'preact';
import { useTexts } from '../frame.js';
import { fieldOf, shownAt } from './error-summary.js';
import { fieldId, useForm } from './form.js';

interface Common {
  name: string;
  label: string;
  hint?: string;
  optional?: boolean;
}

export interface Option {
  value: string;
  label: string;
}

interface Wiring {
  id: string;
  error: string | undefined;
  described: string | undefined;
  value: string;
  values: string[];
}

/** Binds a field to its form: its id, its error, what was typed before. */
function useWiring({ name, label, hint }: Common, start: string | readonly string[] | undefined): Wiring {
  const form = useForm();
  const id = fieldId(form.id, name);
  const fields = form.failed?.fields;
  fields?.set(name, { id, label });
  const error = form.failed?.errors.find(({ pointer }) => (fields ? shownAt(fields, pointer) : fieldOf(pointer)) === name)?.message;
  const typed = form.failed ? form.failed.values[name] : start;
  const values = typed === undefined ? [] : [typed].flat().map(String);
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;
  return { id, error, described, value: values[0] ?? '', values };
}

function Around({
  wiring,
  label,
  hint,
  optional,
  children,
}: Omit<Common, 'name'> & { wiring: Wiring; children: ComponentChildren }): VNode {
  const t = useTexts().web;
  return (
    <div class={`utrecht-form-field${wiring.error ? ' utrecht-form-field--invalid' : ''}`}>
      <label for={wiring.id}>
        {label}
        {optional && <span class="optional"> {t.optional}</span>}
      </label>
      <Hint wiring={wiring} hint={hint} />
      {children}
    </div>
  );
}

function Hint({ wiring, hint }: { wiring: Wiring; hint?: string }): VNode {
  const t = useTexts().web;
  return (
    <>
      {hint && (
        <div class="utrecht-form-field-description" id={`${wiring.id}-hint`}>
          {hint}
        </div>
      )}
      {wiring.error && (
        <div class="utrecht-form-field-error-message" id={`${wiring.id}-error`}>
          <span class="unseen">{t.errorPrefix} </span>
          {wiring.error}
        </div>
      )}
    </>
  );
}

export interface TextFieldProps extends Common {
  type?: 'text' | 'email' | 'tel' | 'password' | 'date' | 'time' | 'url';
  value?: string | number | null;
  autocomplete?: string;
  inputMode?: 'numeric' | 'decimal';
  size?: 'short';
}

/** A label with one line to type in. */
export function TextField({
  name,
  label,
  hint,
  optional,
  type = 'text',
  value,
  autocomplete,
  inputMode,
  size,
}: TextFieldProps): VNode {
  const wiring = useWiring({ name, label, hint }, value === null || value === undefined ? undefined : String(value));
  const attributes = {
    type,
    id: wiring.id,
    name,
    value: type === 'password' ? undefined : wiring.value || undefined,
    class: size,
    autocomplete,
    inputMode,
    dir: type === 'text' ? 'auto' : undefined,
    'aria-describedby': wiring.described,
    'aria-invalid': wiring.error ? 'true' : undefined,
  } as JSX.IntrinsicElements['input'];
  return (
    <Around wiring={wiring} label={label} hint={hint} optional={optional}>
      <input {...attributes} />
    </Around>
  );
}

/** A label with room for a few sentences. */
export function TextArea({
  name,
  label,
  hint,
  optional,
  value,
  rows = 3,
}: Common & { value?: string | null; rows?: number }): VNode {
  const wiring = useWiring({ name, label, hint }, value ?? undefined);
  return (
    <Around wiring={wiring} label={label} hint={hint} optional={optional}>
      <textarea
        id={wiring.id}
        name={name}
        rows={rows}
        dir="auto"
        aria-describedby={wiring.described}
        aria-invalid={wiring.error ? 'true' : undefined}
        value={wiring.value}
      />
    </Around>
  );
}

export interface SelectProps extends Common {
  options: readonly Option[];
  value?: string | null;
  /** Options under a heading. */
  groups?: readonly { label: string; options: readonly Option[] }[];
}

/** A label with a list to choose one from; nothing is chosen beforehand unless `value` says so. */
export function Select({ name, label, hint, optional, options, groups = [], value }: SelectProps): VNode {
  const t = useTexts().web;
  const wiring = useWiring({ name, label, hint }, value ?? undefined);
  const needsNone = (optional || !wiring.value) && options.every((one) => one.value !== '');
  const option = (one: Option): VNode => (
    <option value={one.value} selected={one.value === wiring.value}>
      {one.label}
    </option>
  );
  return (
    <Around wiring={wiring} label={label} hint={hint} optional={optional}>
      <select id={wiring.id} name={name} aria-describedby={wiring.described} aria-invalid={wiring.error ? 'true' : undefined}>
        {needsNone && <option value="">{optional ? '–' : t.choose}</option>}
        {options.map(option)}
        {groups.map((group) => (
          <optgroup label={group.label}>{group.options.map(option)}</optgroup>
        ))}
      </select>
    </Around>
  );
}

export interface ChoiceProps extends Common {
  options: readonly Option[];
  value?: string | readonly string[] | null;
  /** `many` makes tick boxes. */
  many?: boolean;
  /** Side by side where there is room. */
  row?: boolean;
}

/** A question with answers to tap: one (radio buttons) or more (tick boxes). */
export function Choice({ name, label, hint, optional, options, value, many = false, row = false }: ChoiceProps): VNode {
  const t = useTexts().web;
  const wiring = useWiring({ name, label, hint }, value ?? undefined);
  return (
    <fieldset
      class={`choice${row ? ' row' : ''}${wiring.error ? ' utrecht-form-field--invalid' : ''}`}
      id={wiring.id}
      tabIndex={wiring.error ? -1 : undefined}
      aria-describedby={wiring.described}
    >
      <legend>
        {label}
        {optional && <span class="optional"> {t.optional}</span>}
      </legend>
      <Hint wiring={wiring} hint={hint} />
      <div class="choices">
        {options.map((one) => (
          <label class="tick">
            <input type={many ? 'checkbox' : 'radio'} name={name} value={one.value} checked={wiring.values.includes(one.value)} />
            <span>{one.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
