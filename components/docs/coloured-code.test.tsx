import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { ColouredCode } from './coloured-code'

const draw = (language: string, code: string) =>
  renderToStaticMarkup(<ColouredCode language={language} code={code} />)
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")

describe('code', () => {
  test('has an element for each part with a colour, and for no other', () => {
    expect(draw('json', '{ "name": ["Ada", 2, null] }')).toBe(
      '{ <span class="text-accent">"name"</span>: [<span class="text-good">"Ada"</span>, <span class="text-warn">2</span>, <span class="text-warn"><span class="text-accent">null</span></span>] }',
    )
  })

  test.each([
    ['sh', 'curl -H "Authorization: Bearer $KEY" https://keys.acme.test # as it is'],
    ['js', "const reply = await fetch(url, { headers: { a: 'b' } })\nclass A extends B {}"],
    ['python', 'def f(x):\n    return f"{x + 1}: {None}"  # why'],
    ['nowhere', 'as { it: "is" }'],
  ])('in %s loses nothing', (language, code) => {
    expect(draw(language, code).replaceAll(/<[^>]+>/g, '')).toBe(code)
  })
})
