// The official client over the failover fetch while every node is killed in turn: each record once and in order, for a
// reader that was there all the time and for one that comes afterwards. Run by ./holdfast clients, which has started the
// cluster: HOLDFAST_NODES are its addresses; a file request.kill.N or request.restart.N in HOLDFAST_FOLDER kills or
// restarts node N.
import assert from 'node:assert/strict'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { DurableStream, IdempotentProducer, stream } from '@durable-streams/client'
import { failover } from './failover.mjs'

const nodes = process.env.HOLDFAST_NODES.split(',')
const folder = process.env.HOLDFAST_FOLDER

async function wish(what, node) {
  const file = join(folder, `request.${what}.${node}`)
  writeFileSync(file, '')
  while (existsSync(file)) await sleep(20)
}

/** A node answers its health page, or no longer does. */
async function untilServing(node, wanted) {
  const isServing = () => globalThis.fetch(nodes[node - 1] + '/readyz').then((answer) => answer.ok, () => false)
  while (await isServing() !== wanted) await sleep(50)
}

test('every node is killed in turn while a producer writes and a reader reads', { timeout: 300_000 }, async () => {
  const fetch = failover(nodes, { patience: 120_000 })
  const url = `${nodes[0]}/v1/stream/kills`
  await DurableStream.create({ url, contentType: 'application/json', fetch })

  const failures = []
  const handle = new DurableStream({ url, contentType: 'application/json', fetch })
  const producer = new IdempotentProducer(handle, 'kills', { fetch, lingerMs: 5, onError: (e) => failures.push(e) })
  let isWriting = true
  let written = 0
  const writer = (async () => {
    while (isWriting) {
      producer.append(JSON.stringify({ n: written++ }))
      if (written % 20 === 0) await producer.flush()
      await sleep(5)
    }
    producer.append(JSON.stringify({ n: written++, last: true }))
    await producer.flush()
  })()

  const seen = []
  const reader = (async () => {
    const following = await stream({ url, offset: '-1', live: 'long-poll', fetch })
    for await (const record of following.jsonStream()) {
      seen.push(record.n)
      if (record.last) break
    }
  })()

  for (let node = 1; node <= nodes.length; node++) {
    const before = written
    await wish('kill', node)
    await untilServing(node, false)
    while (written < before + 40) await sleep(20)
    await wish('restart', node)
    await untilServing(node, true)
  }
  isWriting = false
  await writer
  await reader

  const wanted = Array.from({ length: written }, (_, n) => n)
  assert.deepEqual(failures, [])
  assert.deepEqual(seen, wanted)
  const whole = await (await stream({ url, offset: '-1', live: false, fetch })).json()
  assert.deepEqual(whole.map((record) => record.n), wanted)
  console.log(`${written} records, each once and in order; ${nodes.length} nodes were killed`)
})
