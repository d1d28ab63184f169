"""Runs a Python function: asks the Lambda Runtime API for work, calls the handler, answers.

An error is answered in the shape that Lambda's own runtime gives it, so that what catches by
errorType and reads stackTrace finds what it expects. Standard output and error are the log.
"""

import decimal
import http.client
import importlib
import json
import logging
import os
import sys
import time
import traceback

API = os.environ["AWS_LAMBDA_RUNTIME_API"]
BASE = "/2018-06-01/runtime/"
CURRENT = {"id": ""}


class Identity:
    cognito_identity_id = None
    cognito_identity_pool_id = None


class Client:
    def __init__(self, given):
        self.installation_id = given.get("installation_id")
        self.app_title = given.get("app_title")
        self.app_version_name = given.get("app_version_name")
        self.app_version_code = given.get("app_version_code")
        self.app_package_name = given.get("app_package_name")


class ClientContext:
    def __init__(self, given):
        self.custom = given.get("custom")
        self.env = given.get("env")
        self.client = Client(given["client"]) if isinstance(given.get("client"), dict) else None


class Context:
    """What a handler gets as its second argument."""

    def __init__(self, headers):
        given = headers.get("Lambda-Runtime-Client-Context")
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self.invoked_function_arn = headers["Lambda-Runtime-Invoked-Function-Arn"]
        self.function_name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = os.environ["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = os.environ["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = os.environ["AWS_LAMBDA_LOG_STREAM_NAME"]
        self.identity = Identity()
        self.client_context = ClientContext(json.loads(given)) if given else None
        self._deadline = int(headers["Lambda-Runtime-Deadline-Ms"])

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline - int(time.time() * 1000))

    def log(self, message):
        sys.stdout.write(str(message))


class CannotStart(Exception):
    """The function can't be loaded; `kind` is the error type to answer."""

    def __init__(self, kind, message, frames=()):
        super().__init__(message)
        self.kind = kind
        self.frames = list(frames)


class Records(logging.Handler):
    """Puts the request's id beside each record, as Lambda's log lines have it."""

    def emit(self, record):
        record.aws_request_id = CURRENT["id"]
        sys.stdout.write(self.format(record) + "\n")
        sys.stdout.flush()


def prepare_logging():
    handler = Records()
    line = "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s"
    formatter = logging.Formatter(line, "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    logging.getLogger().addHandler(handler)


def load(name):
    module_path, dot, attribute = name.rpartition(".")
    if not dot or not module_path:
        raise CannotStart(
            "Runtime.MalformedHandlerName",
            "Bad handler '%s': not enough values to unpack (expected 2, got 1)" % name,
        )
    module_name = module_path.replace("/", ".")
    try:
        module = importlib.import_module(module_name)
    except ImportError as e:
        raise CannotStart(
            "Runtime.ImportModuleError",
            "Unable to import module '%s': %s" % (module_path, e),
        )
    except SyntaxError as e:
        line = '  File "%s" Line %s\n    %s' % (as_deployed(e.filename), e.lineno, (e.text or "").strip())
        raise CannotStart(
            "Runtime.UserCodeSyntaxError",
            "Syntax error in module '%s': %s" % (module_path, e),
            [line],
        )
    handler = getattr(module, attribute, None)
    if not callable(handler):
        raise CannotStart(
            "Runtime.HandlerNotFound",
            "Handler '%s' missing on module '%s'" % (attribute, module_path),
        )
    return handler


def as_deployed(filename):
    """A file of the function by the name that it has on Lambda, where all code is at /var/task."""
    root = os.environ["LAMBDA_TASK_ROOT"].rstrip("/") + "/"
    name = str(filename)
    return "/var/task/" + name[len(root) :] if name.startswith(root) else name


def own_frames(error):
    """The stack of an error without this file's frames, which on Lambda aren't shown either."""
    frames = traceback.extract_tb(error.__traceback__)
    # Plain tuples: what newer versions of Python would mark within a line isn't shown on Lambda.
    return traceback.format_list(
        [(as_deployed(f.filename), f.lineno, f.name, f.line) for f in frames if f.filename != __file__]
    )


def document(kind, message, frames, request_id):
    return {
        "errorMessage": message,
        "errorType": kind,
        "requestId": request_id,
        "stackTrace": frames,
    }


def plain(value):
    """What Lambda writes for values that JSON has no form for; bytes are taken for UTF-8."""
    if isinstance(value, decimal.Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, (bytes, bytearray)):
        return value.decode("utf-8")
    raise TypeError("Object of type %s is not JSON serializable" % type(value).__name__)


class Runtime:
    """One kept connection to the Runtime API, made anew where it broke."""

    def __init__(self):
        self.connection = http.client.HTTPConnection(API)

    def send(self, method, path, body=None, headers=None):
        self.connection.request(method, BASE + path, body, headers or {})
        answer = self.connection.getresponse()
        return answer, answer.read()

    def post_error(self, path, error):
        show(error)
        body = json.dumps(error, ensure_ascii=False).encode("utf-8", "replace")
        headers = {
            "Content-Type": "application/json",
            "Lambda-Runtime-Function-Error-Type": error["errorType"],
        }
        self.send("POST", path, body, headers)


def show(error):
    """One line in the log for an error and its stack; line ends become carriage returns."""
    text = "[ERROR] %s: %s" % (error["errorType"], error["errorMessage"])
    if error["stackTrace"]:
        text += "\nTraceback (most recent call last):\n" + "".join(error["stackTrace"])
    sys.stdout.write(text.rstrip("\n").replace("\n", "\r") + "\n")
    sys.stdout.flush()


def call(handler, payload, context):
    """Returns the answer's bytes, or an error's document."""
    request_id = context.aws_request_id
    try:
        event = json.loads(payload)
    except ValueError as e:
        message = "Unable to unmarshal input: %s" % e
        return None, document("Runtime.UnmarshalError", message, [], request_id)
    try:
        result = handler(event, context)
    except Exception as e:
        return None, document(type(e).__name__, str(e), own_frames(e), request_id)
    if isinstance(result, (bytes, bytearray)):
        return bytes(result), None
    try:
        text = json.dumps(result, default=plain, ensure_ascii=False)
        return text.encode("utf-8"), None
    except Exception as e:
        message = "Unable to marshal response: %s" % e
        return None, document("Runtime.MarshalError", message, [], request_id)


def serve(runtime, handler):
    while True:
        answer, payload = runtime.send("GET", "invocation/next")
        if answer.status != 200:
            sys.exit("no work: %d %s" % (answer.status, payload.decode("utf-8", "replace")))
        context = Context(answer.headers)
        CURRENT["id"] = context.aws_request_id
        trace = answer.headers.get("Lambda-Runtime-Trace-Id")
        if trace:
            os.environ["_X_AMZN_TRACE_ID"] = trace
        else:
            os.environ.pop("_X_AMZN_TRACE_ID", None)
        body, error = call(handler, payload, context)
        sys.stdout.flush()
        sys.stderr.flush()
        path = "invocation/" + context.aws_request_id
        if error is not None:
            runtime.post_error(path + "/error", error)
        else:
            runtime.send("POST", path + "/response", body, {"Content-Type": "application/json"})


def main():
    runtime = Runtime()
    root = os.environ["LAMBDA_TASK_ROOT"]
    sys.path[0] = root
    sys.dont_write_bytecode = True
    os.chdir(root)
    prepare_logging()
    try:
        handler = load(os.environ["_HANDLER"])
    except CannotStart as e:
        runtime.post_error("init/error", document(e.kind, str(e), e.frames, ""))
        sys.exit(1)
    except Exception as e:
        runtime.post_error("init/error", document(type(e).__name__, str(e), own_frames(e), ""))
        sys.exit(1)
    serve(runtime, handler)


if __name__ == "__main__":
    main()
