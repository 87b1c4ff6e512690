import { type Liquid, LiquidError, type Template, Tokenizer, TokenKind, type TopLevelToken, TypeGuards } from 'liquidjs'
import { echo } from '@/lib/base/echo'
import { type FieldError, validationFailed } from '@/lib/base/errors'
import { type DeclaredVariables, UNSUBSCRIBE_URL } from '@/lib/work/templates/contract'
import { htmlEngine, plainEngine } from '@/lib/work/templates/engine'
import { RenderingTooLong } from '@/lib/work/templates/render'

/** What a template says. */
export type TemplateContent = {
  subject: string
  html: string | null
  text: string | null
  variables: DeclaredVariables
}

export type PartName = 'subject' | 'html' | 'text'

/** A part of a template, ready to be rendered. */
export type TemplatePart = { engine: Liquid; pieces: Template[]; variables: Set<string> }

export type CompiledTemplate = {
  variables: DeclaredVariables
  subject: TemplatePart
  html: TemplatePart | null
  text: TemplatePart | null
}

const DEEPEST = 20

/** Characters within `{{ }}` and `{% %}`, of one part. To find out what variables they name takes long. */
const MOST_TAGGED = 10_000

const OPENS = ['if', 'unless', 'for', 'case', 'capture', 'tablerow']

const ENGINES: Record<PartName, Liquid> = { subject: plainEngine, html: htmlEngine, text: plainEngine }

/**
 * Makes a template ready to be rendered.
 * @throws DomainError validation_failed, which names field and line of what is wrong
 */
export function compileTemplate({ variables, ...content }: TemplateContent): CompiledTemplate {
  const errors: FieldError[] = []
  const names = new Set([...variables.map(({ name }) => name), UNSUBSCRIBE_URL])
  function part(name: PartName, source: string): TemplatePart {
    const { wrong, ...made } = compilePart(ENGINES[name], source, names)
    errors.push(...wrong.map((message) => ({ path: name, message })))
    return made
  }
  const compiled = {
    variables,
    subject: part('subject', content.subject),
    html: content.html === null ? null : part('html', content.html),
    text: content.text === null ? null : part('text', content.text),
  }
  if (content.html === null && content.text === null) {
    errors.push({ path: 'text', message: 'Give html or text, or both.' })
  }
  if (errors.length > 0) throw validationFailed(errors)
  return compiled
}

function compilePart(engine: Liquid, source: string, names: ReadonlySet<string>): TemplatePart & { wrong: string[] } {
  try {
    const tags = new Tokenizer(source).readTopLevelTokens(engine.options).filter(({ kind }) => kind !== TokenKind.HTML)
    requireShallow(tags)
    const condensed = condense(tags)
    const pieces = engine.parse(source)
    const variables = new Set(engine.globalVariablesSync(engine.parse(condensed), { partials: false }))
    const wrong = [...variables]
      .filter((name) => !names.has(name))
      .map((name) => `Line ${lineOf(tags, name)}: ${name} is used, and not declared in variables.`)
    return { engine, pieces, variables, wrong }
  } catch (error) {
    return { engine, pieces: [], variables: new Set(), wrong: [faultOf(error)] }
  }
}

/** @throws Error */
function requireShallow(tags: TopLevelToken[]) {
  let depth = 0
  for (const tag of tags) {
    if (!TypeGuards.isTagToken(tag)) continue
    if (OPENS.includes(tag.name)) depth += 1
    else if (tag.name.startsWith('end')) depth -= 1
    if (depth > DEEPEST) throw new Fault(tag, `it is nested in more than ${DEEPEST} tags.`)
  }
}

/** A fault of ours to find, with its place as the engine tells its own. */
class Fault extends Error {
  constructor(
    readonly token: TopLevelToken,
    message: string,
  ) {
    super(message)
  }
}

/**
 * The tags alone, to ask what variables they take from outside: for each of those the engine counts lines from the beginning.
 * @throws Error
 */
function condense(tags: TopLevelToken[]): string {
  const condensed = tags.map((tag) => tag.getText()).join('')
  const [first] = tags
  if (!first || condensed.length <= MOST_TAGGED) return condensed
  throw new Fault(first, `from here on are more than ${MOST_TAGGED.toLocaleString('en-US')} characters of tags.`)
}

function lineOf(tags: TopLevelToken[], variable: string): number {
  // Liquid lets a name be any text, in brackets and quotes.
  const named = variable.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  const uses = new RegExp(`(?<![\\w.])${named}(?!\\w)`)
  return tags.find((tag) => uses.test(tag.getText()))?.getPosition()[0] ?? 1
}

/** What is wrong with a template, in words for who wrote it. */
export function faultOf(error: unknown): string {
  if (error instanceof Fault) return `Line ${error.token.getPosition()[0]}: ${error.message}`
  if (error instanceof RenderingTooLong) return 'It takes longer than a template may.'
  if (!LiquidError.is(error)) throw error
  const [line] = error.token.getPosition()
  const cause = error.originalError ?? error
  if (cause instanceof RangeError) return `Line ${line}: it is nested too deeply, or makes a text that is too long.`
  if (/limit exceeded$/.test(cause.message)) return `Line ${line}: it does more than a template may.`
  return `Line ${line}: ${echo(cause.message.replace(/, line:\d+, col:\d+$/, ''))}.`
}
