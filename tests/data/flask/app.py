"""A small Flask application with Prometheus metrics, scraped by the acceptance tests. Usage: app.py PORT"""
import sys
import time

from flask import Flask, Response, request
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest
from werkzeug.serving import make_server

app = Flask(__name__)
requests = Counter("http_requests_total", "Requests.", ["method", "endpoint", "status"])
latency = Histogram("http_request_duration_seconds", "Duration of requests.", ["endpoint"])


@app.before_request
def start():
    request.environ["started"] = time.perf_counter()


@app.after_request
def count(response):
    endpoint = request.url_rule.rule if request.url_rule else "none"
    requests.labels(request.method, endpoint, str(response.status_code)).inc()
    latency.labels(endpoint).observe(time.perf_counter() - request.environ["started"])
    return response


@app.route("/")
def index():
    return "ok\n"


@app.route("/fail")
def fail():
    return "failed\n", 500


@app.route("/metrics")
def metrics():
    return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)


make_server("127.0.0.1", int(sys.argv[1]), app, threaded=True).serve_forever()
