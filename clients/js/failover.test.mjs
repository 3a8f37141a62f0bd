// What the failover fetch does with each kind of answer, told by a scripted fetch. Run by ./holdfast clients.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failover } from './failover.mjs'

const NODES = ['http://a:1', 'http://b:2', 'http://c:3']
const NUMBERED = { 'Producer-Id': 'p', 'Producer-Epoch': '0', 'Producer-Seq': '0' }

const refused = () => Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } })
const reset = () => Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNRESET' } })
const problem = (status, outcome) => () =>
  new Response(JSON.stringify({ outcome }), { status, headers: { 'Content-Type': 'application/problem+json' } })
const good = (status = 204) => () => new Response(status === 204 ? null : 'data', { status })

/** Answers in order; notes where each attempt went and what it sent. */
function scripted(...answers) {
  const seen = []
  const fetch = async (url, init) => {
    seen.push({ url, body: init.body === undefined ? undefined : new TextDecoder().decode(init.body), init })
    const next = answers.shift()()
    if (next instanceof Error) throw next
    return next
  }
  return { seen, fetch, over: (options) => failover(NODES, { pause: 1, pauseMax: 2, fetch, ...options }) }
}

const post = (headers, body = 'x') => ({ method: 'POST', headers: { 'Content-Type': 'text/plain', ...headers }, body })

test('a node that is not there is passed over, for any request, and the next one is kept', async () => {
  const script = scripted(() => refused(), good(), good())
  const fetch = script.over()
  assert.equal((await fetch('http://a:1/v1/stream/s?x=1', post({}))).status, 204)
  await fetch('http://a:1/v1/stream/s', post({}))
  assert.deepEqual(script.seen.map((one) => one.url),
    ['http://a:1/v1/stream/s?x=1', 'http://b:2/v1/stream/s?x=1', 'http://b:2/v1/stream/s'])
})

test('what is not written is sent again; what may be written only with producer headers', async () => {
  const plain = scripted(problem(503, 'not-written'), problem(503, 'unknown'))
  const answer = await plain.over()('http://a:1/v1/stream/s', post({}))
  assert.equal(answer.status, 503)
  assert.equal((await answer.json()).outcome, 'unknown')
  assert.equal(plain.seen.length, 2)

  const numbered = scripted(problem(503, 'unknown'), () => reset(), problem(502), good(200))
  assert.equal((await numbered.over()('http://a:1/v1/stream/s', post(NUMBERED))).status, 200)
  assert.equal(numbered.seen.length, 4)
})

test('a connection that breaks is unknown: an append without a number and a deletion are not repeated', async () => {
  for (const init of [post({}), { method: 'DELETE' }]) {
    const script = scripted(() => reset())
    await assert.rejects(script.over()('http://a:1/v1/stream/s', init), { cause: { code: 'ECONNRESET' } })
    assert.equal(script.seen.length, 1)
  }
  for (const init of [{ method: 'GET' }, { method: 'HEAD' }, { method: 'PUT' }]) {
    const script = scripted(() => reset(), good(200))
    assert.equal((await script.over()('http://a:1/v1/stream/s', init)).status, 200)
  }
})

test('other answers are handed over as they are', async () => {
  for (const status of [200, 400, 403, 404, 409, 410, 412, 413, 429, 500]) {
    const script = scripted(good(status))
    assert.equal((await script.over()('http://a:1/v1/stream/s', post(NUMBERED))).status, status)
    assert.equal(script.seen.length, 1)
  }
})

test('a body is sent again, also one that can be read only once', async () => {
  const script = scripted(problem(503, 'not-written'), good())
  const body = new ReadableStream({
    start(control) {
      control.enqueue(new TextEncoder().encode('one'))
      control.close()
    },
  })
  await script.over()('http://a:1/v1/stream/s', { ...post({}, body), duplex: 'half' })
  assert.deepEqual(script.seen.map((one) => one.body), ['one', 'one'])
})

test('an answer that breaks off is a failed attempt', async () => {
  const broken = () => new Response(new ReadableStream({ start: (control) => control.error(reset()) }))
  const script = scripted(broken, good(200))
  assert.equal(await (await script.over()('http://a:1/v1/stream/s')).text(), 'data')
})

test('the signal ends a pause and an attempt, and nothing is repeated after it', async () => {
  const paused = scripted(() => refused())
  const first = new AbortController()
  const waiting = paused.over({ pause: 600_000, pauseMax: 600_000, patience: 6_000_000 })(
    'http://a:1/v1/stream/s', { signal: first.signal })
  setTimeout(() => first.abort(new Error('enough')), 20)
  await assert.rejects(waiting, /enough/)
  assert.equal(paused.seen.length, 1)

  const second = new AbortController()
  const hanging = failover(NODES, {
    fetch: (_, init) => new Promise((_resolve, reject) =>
      init.signal.addEventListener('abort', () => reject(init.signal.reason))),
  })('http://a:1/v1/stream/s', { signal: second.signal })
  setTimeout(() => second.abort(new Error('enough')), 20)
  await assert.rejects(hanging, /enough/)
})

test('a node that hangs is given up for the next one', async () => {
  const urls = []
  const fetch = (url, init) => {
    urls.push(url)
    return urls.length > 1 ? Promise.resolve(new Response('data')) : new Promise((_resolve, reject) =>
      init.signal.addEventListener('abort', () => reject(init.signal.reason)))
  }
  const answer = await failover(NODES, { attempt: 20, pause: 1, fetch })('http://a:1/v1/stream/s')
  assert.equal(await answer.text(), 'data')
  assert.deepEqual(urls, ['http://a:1/v1/stream/s', 'http://b:2/v1/stream/s'])
})

test('patience ends with the last answer, and pauses never outgrow their cap', async () => {
  const pauses = []
  const real = globalThis.setTimeout
  globalThis.setTimeout = (call, millis) => {
    if (millis < 5_000) pauses.push(millis)
    return real(call, Math.min(millis, 1))
  }
  try {
    const script = scripted(...Array(200).fill(problem(503, 'not-written')))
    const answer = await script.over({ patience: 100, pause: 2, pauseMax: 8 })('http://a:1/v1/stream/s')
    assert.equal(answer.status, 503)
    assert.ok(script.seen.length > 3)
    assert.ok(pauses.every((pause) => pause >= 0 && pause <= 8), String(pauses))
  } finally {
    globalThis.setTimeout = real
  }
})

test('patience that ends after an unknown attempt ends with it, not with a later "not written"', async () => {
  const script = scripted(problem(503, 'unknown'), ...Array(200).fill(problem(503, 'not-written')))
  const answer = await script.over({ patience: 50 })('http://a:1/v1/stream/s', post(NUMBERED))
  assert.equal((await answer.json()).outcome, 'unknown')
  assert.ok(script.seen.length > 1)
})

test('an address that is none of the nodes is none of its business', async () => {
  const seen = []
  const fetch = failover(NODES, { fetch: async (...args) => seen.push(args) && new Response('other') })
  await fetch('http://elsewhere/x', { method: 'POST', body: 'b' })
  assert.deepEqual(seen, [['http://elsewhere/x', { method: 'POST', body: 'b' }]])
})
