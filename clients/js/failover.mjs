// A `fetch` for several Holdfast nodes: it goes on to the next node when one does not answer, and repeats what is safe
// to repeat. Hand it to the official client as its option `fetch`, or call it as you would call `fetch`.
//
//     import { failover } from './failover.mjs'
//     const fetch = failover(['http://10.0.0.1:4437', 'http://10.0.0.2:4437', 'http://10.0.0.3:4437'])
//
// What is repeated:
//   - reads (GET, HEAD), whatever went wrong;
//   - any write that is known not to be written: the node refused the connection, or said `"outcome":"not-written"`;
//   - a write of unknown outcome, if the nodes notice a repetition: a creation (PUT), or an append with producer headers.
// Everything else is handed to the caller as it came: an answer, or the error of the last attempt. A 429 is, too: the
// next node would say the same.
//
// No dependencies; browsers and Node.js 20 or newer.

const NOT_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])
const BODILESS = new Set([204, 205, 304])

/**
 * @param {string[]} nodes origins, as in 'http://10.0.0.1:4437'; a request to any of them may go to any other, a request
 *     to an address that is none of them is passed to the plain fetch
 * @param {object} [options] times in milliseconds
 * @param {number} [options.patience] after so long no further attempt begins (30,000)
 * @param {number} [options.attempt] so long one attempt may take to its head; live reads may take a minute more (15,000)
 * @param {number} [options.pause] bound of the first pause between two attempts; each draws below its bound (50)
 * @param {number} [options.pauseMax] to which the bound doubles (1,000)
 * @param {typeof globalThis.fetch} [options.fetch] what performs one attempt
 * @returns {typeof globalThis.fetch}
 */
export function failover(nodes, options = {}) {
  const settings = { patience: 30_000, attempt: 15_000, pause: 50, pauseMax: 1_000, ...options }
  const origins = nodes.map((node) => new URL(node).origin)
  if (origins.length === 0) throw new TypeError('failover needs at least one node')
  const plain = settings.fetch ?? ((...args) => globalThis.fetch(...args))
  let current = 0

  return async (input, init) => {
    const request = new Request(input, init)
    const url = new URL(request.url)
    if (!origins.includes(url.origin)) return plain(input, init)
    const body = await bytesOf(request)
    const end = Date.now() + settings.patience
    // What may have been written stays so, whatever a later attempt is told.
    let open
    for (let repeats = 0; ; repeats++) {
      const node = current
      const result = await attempt(plain, origins[node] + url.pathname + url.search, request, body, settings)
      if (result.isFinal || (result.isUnknown && !mayRepeatUnknown(request))) return handOver(result)
      if (result.isUnknown) open = result
      // Of many requests that fail at one node, the first goes on and the others follow.
      if (current === node) current = (node + 1) % origins.length
      const bound = Math.min(settings.pauseMax, settings.pause * 2 ** Math.min(repeats, 20))
      const pause = Math.random() * bound
      if (Date.now() + pause >= end) return handOver(open ?? result)
      await sleep(pause, request.signal)
    }
  }
}

/** The body, so that each attempt can send it; also that of a stream, which can be read only once. */
async function bytesOf(request) {
  return request.body === null ? undefined : new Uint8Array(await request.arrayBuffer())
}

/** Whether the nodes notice a repetition of what may have been done. */
function mayRepeatUnknown(request) {
  return ['GET', 'HEAD', 'PUT'].includes(request.method)
    || (request.method === 'POST' && request.headers.has('Producer-Id'))
}

/** One attempt: `{isFinal, isUnknown, response | error}`. Throws only when the caller has aborted. */
async function attempt(plain, url, request, body, settings) {
  const live = new URL(url).searchParams.get('live')
  const control = new AbortController()
  const abort = () => control.abort(request.signal.reason)
  request.signal.throwIfAborted()
  request.signal.addEventListener('abort', abort)
  const late = () => control.abort(new DOMException('the node did not answer in time', 'TimeoutError'))
  const timer = setTimeout(late, settings.attempt + (live === null ? 0 : 60_000))
  let isStreaming = false
  try {
    const response = await plain(url, {
      method: request.method, headers: request.headers, body, signal: control.signal,
      cache: request.cache, credentials: request.credentials, redirect: request.redirect,
    })
    isStreaming = live === 'sse' && response.ok
    return isStreaming ? { isFinal: true, response } : await judged(response, url)
  } catch (error) {
    request.signal.throwIfAborted()
    return { isUnknown: !isNotSent(error), error }
  } finally {
    clearTimeout(timer)
    // An event stream goes on: the caller's signal has to reach it.
    if (!isStreaming) request.signal.removeEventListener('abort', abort)
  }
}

/** An answer with its whole body: if that breaks off, the attempt has failed. */
async function judged(response, url) {
  const bytes = await response.arrayBuffer()
  const whole = new Response(BODILESS.has(response.status) ? null : bytes, {
    status: response.status, statusText: response.statusText, headers: response.headers,
  })
  Object.defineProperty(whole, 'url', { value: url })
  if (![502, 503, 504].includes(response.status)) return { isFinal: true, response: whole }
  return { isUnknown: outcomeOf(bytes) !== 'not-written', response: whole }
}

/** Of a problem document its `outcome`; what a proxy says in its own words has none. */
function outcomeOf(bytes) {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)).outcome
  } catch {
    return undefined
  }
}

/** Whether nobody was there to hear the request; a browser does not tell, so there it is never sure. */
function isNotSent(error) {
  const cause = error?.cause
  const causes = cause?.errors ?? [cause]
  return causes.every((one) => NOT_SENT.has(one?.code))
}

function handOver(result) {
  if (result.response) return result.response
  throw result.error
}

function sleep(millis, signal) {
  return new Promise((resolve, reject) => {
    const done = () => {
      signal.removeEventListener('abort', stop)
      resolve()
    }
    const timer = setTimeout(done, millis)
    const stop = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
}
