namespace Pharos.Server.Api;

/// <summary>How each error type looks on the wire.</summary>
internal static class ApiErrorTypes
{
    public static string Name(this ApiErrorType type) => type switch
    {
        ApiErrorType.BadData => "bad_data",
        ApiErrorType.Execution => "execution",
        ApiErrorType.Canceled => "canceled",
        ApiErrorType.Timeout => "timeout",
        ApiErrorType.NotFound => "not_found",
        ApiErrorType.NotAcceptable => "not_acceptable",
        ApiErrorType.Unavailable => "unavailable",
        _ => "internal",
    };

    /// <summary>The HTTP status; upstream answers 500 to what is unavailable.</summary>
    public static int StatusCode(this ApiErrorType type) => type switch
    {
        ApiErrorType.BadData => StatusCodes.Status400BadRequest,
        ApiErrorType.Execution => StatusCodes.Status422UnprocessableEntity,
        ApiErrorType.Canceled => StatusCodes.Status499ClientClosedRequest,
        ApiErrorType.Timeout => StatusCodes.Status503ServiceUnavailable,
        ApiErrorType.NotFound => StatusCodes.Status404NotFound,
        ApiErrorType.NotAcceptable => StatusCodes.Status406NotAcceptable,
        _ => StatusCodes.Status500InternalServerError,
    };
}
