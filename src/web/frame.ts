import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { textsFor, type Language, type Texts } from '../texts/texts.js';

/** What went wrong with a form that was sent: the page shows it again with what was typed. */
export interface FailedForm {
  /** The address that the form was sent to. */
  action: string;
  /** One sentence, when it is not about one field. */
  message?: string;
  errors: readonly { pointer: string; message: string }[];
  /** What was typed, by field name. */
  values: Readonly<Record<string, string | string[]>>;
  /** The fields of that form by name, in their order: filled while the page is rendered, for the summary that stands above them. */
  fields?: Map<string, { id: string; label: string }>;
}

/** Whom a resident or circle member can call. */
export interface Contact {
  /** First name of the facilitator. */
  name: string;
  phone: string | null;
  /** True when they asked to be called and were not called yet. */
  callBackAsked: boolean;
}

/** What every page needs to know about the visit. */
export interface Frame {
  language: Language;
  /** Empty on pages without a form. */
  csrfToken: string;
  /** The name of the organisation, beside the name of the service. */
  organisation: string;
  /** The code in `?gedaan=`: its sentence stands on top of the page. Unknown codes show nothing. */
  done?: string | null;
  failed?: FailedForm | null;
  /** The professional who is signed in. */
  user?: { name: string; roles: readonly string[] } | null;
  /** On the pages of residents and circle members. */
  contact?: Contact | null;
}

const FrameContext = createContext<Frame>({ language: 'nl', csrfToken: '', organisation: '' });

export const FrameProvider = FrameContext.Provider;

/** The visit that the page around a component belongs to. */
export const useFrame = (): Frame => useContext(FrameContext);

export const useTexts = (): Texts => textsFor(useFrame().language);
