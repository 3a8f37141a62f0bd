// What a run of the suite is worth: node verdict.js RESULTS.json TESTS [KILLS]
//
// Exit 0 only if TESTS tests ran and all passed, and, where leaders were to be killed, at least one was. A suite that was not
// collected, or that ran while nothing was killed, has shown nothing. Failed tests are told by name.
//
// Where leaders are killed, a stream's life may end while nobody leads, so that nobody could renew it: a test of TTL or expiry
// may pass in its second try, and is told. A second try excuses no other test, and no more than EXCUSED_MAX.

import fs from 'node:fs'

const EXCUSED_MAX = 2

const [file, expected, kills] = process.argv.slice(2)
const wrong = []
let results = null
try {
    results = JSON.parse(fs.readFileSync(file, 'utf8'))
} catch (error) {
    wrong.push(`the suite left no results: ${error.message}`)
}

if (results !== null) {
    const ran = []
    for (const suite of results.testResults ?? []) {
        if (suite.status !== 'passed' && (suite.assertionResults ?? []).length === 0) {
            wrong.push(`${suite.name} could not be run: ${String(suite.message).split('\n')[0]}`)
        }
        ran.push(...(suite.assertionResults ?? []).filter(test => test.status === 'passed' || test.status === 'failed'))
    }
    const failed = ran.filter(test => test.status === 'failed')
    for (const test of failed) {
        wrong.push(`failed: ${test.fullName}: ${String(test.failureMessages?.[0] ?? '').split('\n')[0]}`)
    }
    const retried = ran.filter(test => test.status === 'passed' && (test.failureMessages ?? []).length > 0)
    const excused = retried.filter(test => kills !== undefined && /ttl|expir/i.test(test.fullName))
    for (const test of retried) {
        const sentence = `passed only in its second try: ${test.fullName}: ${String(test.failureMessages[0]).split('\n')[0]}`
        if (excused.includes(test) && excused.length <= EXCUSED_MAX) {
            console.log(sentence)
        } else {
            wrong.push(sentence)
        }
    }
    if (ran.length !== Number(expected)) {
        wrong.push(`${ran.length} tests ran, and the suite has ${expected}`)
    }
    console.log(`${ran.length - failed.length} of ${expected} passed`)
}
if (kills !== undefined && Number(kills) < 1) {
    wrong.push('no leader was killed, so nothing is known about what a kill does')
}
wrong.forEach(sentence => console.log(sentence))
process.exitCode = wrong.length === 0 ? 0 : 1
