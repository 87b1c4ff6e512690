import type { ElementContent } from 'hast'
import { toJsxRuntime } from 'hast-util-to-jsx-runtime'
import { common, createLowlight } from 'lowlight'
import { Fragment, jsx, jsxs } from 'react/jsx-runtime'

const lowlight = createLowlight(common)

/** The colours of code, by what highlight.js calls its parts. */
const COLOURS = new Map([
  ['hljs-string', 'text-good'],
  ['hljs-attr', 'text-accent'],
  ['hljs-keyword', 'text-accent'],
  ['hljs-built_in', 'text-accent'],
  ['hljs-number', 'text-warn'],
  ['hljs-literal', 'text-warn'],
  ['hljs-variable', 'text-warn'],
  ['hljs-subst', 'text-warn'],
  ['hljs-comment', 'text-muted'],
])

/** Of a part that has no colour, as most have not, the text alone is kept: a page of many examples is half as long. */
function paint(part: ElementContent): ElementContent[] {
  if (part.type !== 'element') return [part]
  const children = paintAll(part.children)
  const colour = [part.properties.className].flat().flatMap((name) => COLOURS.get(String(name)) ?? [])
  return colour.length > 0 ? [{ ...part, properties: { className: colour }, children }] : children
}

/** Texts that come to stand side by side become one. */
function paintAll(parts: ElementContent[]): ElementContent[] {
  const painted: ElementContent[] = []
  for (const part of parts.flatMap(paint)) {
    const last = painted.at(-1)
    if (part.type === 'text' && last?.type === 'text') last.value += part.value
    else painted.push(part)
  }
  return painted
}

type Props = { code: string; language: string }

/** Code with its colours, made on the server. A language that is not known stays as it is. */
export function ColouredCode({ code, language }: Props) {
  if (!lowlight.registered(language)) return code
  const { children } = lowlight.highlight(language, code)
  const parts = children.filter((part) => part.type !== 'doctype')
  return toJsxRuntime({ type: 'root', children: paintAll(parts) }, { Fragment, jsx, jsxs })
}
