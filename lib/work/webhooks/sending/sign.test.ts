import { expect, test } from 'vitest'
import { signedHeaders } from '@/lib/work/webhooks/sending/sign'
import { makeSecret, readSecret, writeSecret } from '@/lib/work/webhooks/subscriptions/secret'

/** The vector of Standard Webhooks 1.0.0. */
const VECTOR = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  message: { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1_614_265_330, body: '{"test": 2432232314}' },
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
}

test('the vector of the standard holds', () => {
  expect(signedHeaders([readSecret(VECTOR.secret)], VECTOR.message)).toEqual({
    'webhook-id': VECTOR.message.id,
    'webhook-timestamp': '1614265330',
    'webhook-signature': VECTOR.signature,
  })
})

test('each secret signs, the new one first', () => {
  const headers = signedHeaders([makeSecret(), readSecret(VECTOR.secret)], VECTOR.message)
  const signatures = headers['webhook-signature'].split(' ')
  expect(signatures).toHaveLength(2)
  expect(signatures[1]).toBe(VECTOR.signature)
})

test('a secret is shown as the standard writes it, and read as it was', () => {
  const secret = makeSecret()
  expect(writeSecret(secret)).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  expect(readSecret(writeSecret(secret))).toEqual(secret)
})
