namespace Pharos.Server.Api;

/// <summary>The error types of Prometheus' API and the status each is answered with.</summary>
internal enum ApiErrorType
{
    BadData,
    Execution,
    Canceled,
    Timeout,
    Internal,
    NotFound,
    NotAcceptable,
    Unavailable,
}
