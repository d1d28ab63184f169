'use strict';
// Runs a Node function: asks the Lambda Runtime API for work, calls the handler, answers.
//
// An error is answered in the shape that Lambda's own runtime gives it (errorType, errorMessage,
// trace). Standard output and error are the log; console lines carry time, request id and level.

const fs = require('fs');
const net = require('net');
const path = require('path');
const util = require('util');
const { createRequire } = require('module');
const { pathToFileURL } = require('url');

const env = process.env;
const [host, port] = env.AWS_LAMBDA_RUNTIME_API.split(':');
let currentId = '';
let dying = false;

// ---- the Runtime API

/**
 * One connection to the Runtime API, one request at a time. Node's own HTTP client took more of an
 * invocation's time than all else together; this one knows no more of HTTP than its one server
 * uses: every answer has a Content-Length.
 */
class Connection {
  constructor() {
    this.socket = null;
    this.waiting = null;
    this.forget();
  }

  /** Begins a new answer. */
  forget() {
    this.head = null;
    this.parts = [];
    this.size = 0;
  }

  open() {
    const socket = net.connect({ host, port: Number(port), noDelay: true });
    socket.on('data', (part) => this.take(part));
    socket.on('error', (e) => this.broke(e));
    socket.on('close', () => this.broke(new Error('the Runtime API hung up')));
    this.socket = socket;
  }

  send(method, resource, body, headers) {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      if (this.socket === null) this.open();
      this.socket.ref();
      let head = `${method} /2018-06-01/runtime/${resource} HTTP/1.1\r\nHost: ${host}:${port}\r\n`;
      for (const name in headers) head += `${name}: ${headers[name]}\r\n`;
      if (body) {
        this.socket.cork();
        this.socket.write(head + `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n`, 'latin1');
        this.socket.write(body, 'utf8');
        this.socket.uncork();
      } else {
        this.socket.write(head + '\r\n', 'latin1');
      }
    });
  }

  take(part) {
    this.parts.push(part);
    this.size += part.length;
    if (this.head === null) {
      const all = this.parts.length === 1 ? part : Buffer.concat(this.parts, this.size);
      const end = all.indexOf('\r\n\r\n');
      if (end < 0) {
        this.parts = [all];
        return;
      }
      this.head = Connection.parse(all.latin1Slice(0, end));
      const rest = all.subarray(end + 4);
      this.parts = [rest];
      this.size = rest.length;
    }
    if (this.size >= this.head.length) {
      const { status, headers } = this.head;
      const body = this.parts.length === 1 ? this.parts[0] : Buffer.concat(this.parts, this.size);
      const { resolve } = this.waiting;
      this.waiting = null;
      this.forget();
      this.socket.unref(); // so that a function that waits for nothing is seen to
      resolve({ status, headers, body });
    }
  }

  static parse(text) {
    const lines = text.split('\r\n');
    const headers = {};
    for (let i = 1; i < lines.length; i++) {
      const colon = lines[i].indexOf(':');
      headers[lines[i].slice(0, colon).toLowerCase()] = lines[i].slice(colon + 1).trim();
    }
    return { status: Number(lines[0].slice(9, 12)), headers, length: Number(headers['content-length']) };
  }

  broke(error) {
    const waiting = this.waiting;
    this.socket.removeAllListeners();
    this.socket.on('error', () => {});
    this.socket.destroy();
    this.socket = this.waiting = null;
    this.forget();
    if (waiting) waiting.reject(error);
  }
}

const connection = new Connection();

function post(resource, text, headers, through = connection) {
  return through.send('POST', resource, text, { 'Content-Type': 'application/json', ...headers });
}

function postError(resource, error, through) {
  return post(resource, JSON.stringify(error), {
    'Lambda-Runtime-Function-Error-Type': encodeURIComponent(error.errorType) }, through);
}

// ---- errors

/** A stack as it is on Lambda, where all code is at /var/task. */
function asDeployed(stack) {
  const root = env.LAMBDA_TASK_ROOT.replace(/\/+$/, '') + '/';
  return String(stack || '').split(root).join('/var/task/');
}

function errorDocument(error, type) {
  if (util.types.isNativeError(error) || error instanceof Error) {
    return {
      errorType: type || String(error.name || 'Error'),
      errorMessage: String(error.message),
      trace: asDeployed(error.stack).split('\n'),
    };
  }
  const text = typeof error === 'string' ? error : error && typeof error === 'object'
    ? util.inspect(error) : String(error);
  return { errorType: type || typeof error, errorMessage: text, trace: [] };
}

class CannotStart extends Error {
  constructor(type, message, cause) {
    super(message);
    this.type = type;
    if (cause && cause.stack) this.stack = cause.stack;
  }
}

// ---- the log

function prepareConsole() {
  const line = (stream, level) => (...values) => {
    const text = util.format(...values).replace(/\n/g, '\r');
    stream.write(`${new Date().toISOString()}\t${currentId || 'undefined'}\t${level}\t${text}\n`);
  };
  console.log = line(process.stdout, 'INFO');
  console.info = line(process.stdout, 'INFO');
  console.debug = line(process.stdout, 'DEBUG');
  console.trace = line(process.stdout, 'TRACE');
  console.warn = line(process.stderr, 'WARN');
  console.error = line(process.stderr, 'ERROR');
}

// ---- loading

function isModule(file) {
  if (file.endsWith('.mjs')) return true;
  if (file.endsWith('.cjs')) return false;
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    const description = path.join(folder, 'package.json');
    if (fs.existsSync(description)) {
      return JSON.parse(fs.readFileSync(description, 'utf8')).type === 'module';
    }
    if (folder === path.dirname(folder)) return false;
  }
}

function locate(base) {
  for (const ending of ['', '.js', '.mjs', '.cjs']) {
    const file = base + ending;
    if (fs.existsSync(file) && fs.statSync(file).isFile()) return file;
  }
  const index = path.join(base, 'index.js');
  return fs.existsSync(index) ? index : null;
}

async function load(root, name) {
  const folder = path.dirname(name);
  const last = path.basename(name);
  const dot = last.indexOf('.');
  if (dot <= 0 || name.includes('..')) {
    throw new CannotStart('Runtime.MalformedHandlerName', 'Bad handler');
  }
  const modulePath = path.join(folder, last.slice(0, dot));
  const file = locate(path.resolve(root, modulePath));
  if (file === null) {
    throw new CannotStart('Runtime.ImportModuleError', `Error: Cannot find module '${modulePath}'`);
  }
  let exported;
  try {
    exported = isModule(file)
      ? await import(pathToFileURL(file).href)
      : createRequire(path.join(root, 'index.js'))(file);
  } catch (e) {
    if (e instanceof SyntaxError) {
      throw new CannotStart('Runtime.UserCodeSyntaxError', `${e.name}: ${e.message}`, e);
    }
    if (e && (e.code === 'MODULE_NOT_FOUND' || e.code === 'ERR_MODULE_NOT_FOUND')) {
      throw new CannotStart('Runtime.ImportModuleError', `${e.name}: ${e.message}`, e);
    }
    throw e;
  }
  const names = last.slice(dot + 1).split('.');
  const pick = (from) => names.reduce((value, key) => value === null || value === undefined
    ? undefined : value[key], from);
  let handler = pick(exported);
  if (handler === undefined && exported && exported.default) handler = pick(exported.default);
  if (handler === undefined) {
    throw new CannotStart('Runtime.HandlerNotFound', `${name} is undefined or not exported`);
  }
  if (typeof handler !== 'function') {
    throw new CannotStart('Runtime.HandlerNotFound', `${name} is not a function`);
  }
  return handler;
}

// ---- one invocation

/** Calls the handler; the promise is settled by whichever way of answering it uses first. */
function call(handler, event, headers) {
  return new Promise((resolve, reject) => {
    const deadline = Number(headers['lambda-runtime-deadline-ms']);
    const clientContext = headers['lambda-runtime-client-context'];
    let waiting = null;
    const whenIdle = () => { if (waiting) waiting(); else finish(() => resolve(undefined)); };
    const finish = (settle) => { process.removeListener('beforeExit', whenIdle); settle(); };
    const callback = (error, value) => {
      const settle = () => finish(() => (error ? reject(error) : resolve(value)));
      if (context.callbackWaitsForEmptyEventLoop) waiting = waiting || settle;
      else settle();
    };
    const context = {
      callbackWaitsForEmptyEventLoop: true,
      functionName: env.AWS_LAMBDA_FUNCTION_NAME,
      functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
      memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
      logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
      logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
      awsRequestId: headers['lambda-runtime-aws-request-id'],
      invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
      identity: undefined,
      clientContext: clientContext ? JSON.parse(clientContext) : undefined,
      getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
      done: (error, value) => callback(error, value),
      succeed: (value) => { context.callbackWaitsForEmptyEventLoop = false; callback(null, value); },
      fail: (error) => { context.callbackWaitsForEmptyEventLoop = false; callback(error || 'handled'); },
    };
    process.on('beforeExit', whenIdle);
    try {
      const returned = handler(event, context, callback);
      if (returned && typeof returned.then === 'function') {
        returned.then((value) => finish(() => resolve(value)), (e) => finish(() => reject(e)));
      }
    } catch (e) {
      finish(() => reject(e));
    }
  });
}

async function answer(id, run) {
  let text;
  try {
    const value = await run();
    text = value === undefined ? 'null' : JSON.stringify(value);
    if (text === undefined) text = 'null';
  } catch (e) {
    const error = errorDocument(e);
    console.error('Invoke Error', '\t', JSON.stringify(error));
    await postError(`invocation/${id}/error`, error);
    return;
  }
  await post(`invocation/${id}/response`, text);
}

async function serve(handler) {
  for (;;) {
    const next = await connection.send('GET', 'invocation/next');
    if (next.status !== 200) throw new Error(`no work: ${next.status} ${next.body}`);
    currentId = next.headers['lambda-runtime-aws-request-id'];
    const trace = next.headers['lambda-runtime-trace-id'];
    if (trace) env._X_AMZN_TRACE_ID = trace;
    else delete env._X_AMZN_TRACE_ID;
    await answer(currentId, () => call(handler, JSON.parse(next.body.toString('utf8')), next.headers));
  }
}

// ---- from start to end

/** Something that no handler caught ends the process; the invocation gets it as its error. */
function fatal(error, type, label, status) {
  if (dying) return;
  dying = true;
  const found = errorDocument(error, type);
  if (type) found.errorMessage = error instanceof Error ? `${error.name}: ${error.message}` : found.errorMessage;
  console.error(label, '\t', JSON.stringify(found));
  const resource = currentId ? `invocation/${currentId}/error` : 'init/error';
  const leave = () => process.exit(status);
  postError(resource, found, new Connection()).then(leave, leave);
}

async function main() {
  prepareConsole();
  process.on('uncaughtException', (e) => fatal(e, undefined, 'Uncaught Exception', 129));
  process.on('unhandledRejection', (e) =>
    fatal(e, 'Runtime.UnhandledPromiseRejection', 'Unhandled Promise Rejection', 128));
  const root = env.LAMBDA_TASK_ROOT;
  process.chdir(root);
  let handler;
  try {
    handler = await load(root, env._HANDLER);
  } catch (e) {
    const error = errorDocument(e, e instanceof CannotStart ? e.type : undefined);
    console.error('Init Error', '\t', JSON.stringify(error));
    await postError('init/error', error);
    process.exit(1);
  }
  await serve(handler);
}

main();
