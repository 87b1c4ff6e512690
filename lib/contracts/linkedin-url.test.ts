import { expect, test } from 'vitest'
import { linkedinUrl } from '@/lib/contracts/linkedin-url'

const read = (value: string) => linkedinUrl().safeParse(value).data

test.each([
  ['https://www.linkedin.com/in/ada', 'https://www.linkedin.com/in/ada'],
  [' https://linkedin.com/company/x?a=b ', 'https://linkedin.com/company/x?a=b'],
  ['HTTPS://UK.LinkedIn.com/in/Ada', 'https://uk.linkedin.com/in/Ada'],
  ['https://linkedin.com\\@evil.example', 'https://linkedin.com/@evil.example'],
])('%s is kept as %s', (sent, kept) => {
  expect(read(sent)).toBe(kept)
  expect(kept).toMatch(new RegExp(String(linkedinUrl().meta()?.pattern)))
})

test.each([
  '',
  'linkedin.com/in/ada',
  'http://www.linkedin.com/in/ada',
  'javascript:alert(1)//linkedin.com',
  'https://evil.example/linkedin.com',
  'https://linkedin.com.evil.example/',
  'https://notlinkedin.com/in/ada',
  'https://linkedin.com@evil.example/',
  'https://ada:secret@linkedin.com/',
  'https://linkedin.com:8443/',
  `https://linkedin.com/${'x'.repeat(500)}`,
])('%s is refused', (sent) => {
  expect(read(sent)).toBeUndefined()
})

test.each([
  'http://www.linkedin.com/in/ada',
  'https://evil.example/linkedin.com/',
  'https://linkedin.com.evil.example/',
  'https://notlinkedin.com/in/ada',
  'https://linkedin.com@evil.example/',
  'https://linkedin.com:8443/',
])('the pattern that readers of the contract see refuses %s too', (address) => {
  expect(address).not.toMatch(new RegExp(String(linkedinUrl().meta()?.pattern)))
})
