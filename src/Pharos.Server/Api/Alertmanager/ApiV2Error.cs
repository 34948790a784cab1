namespace Pharos.Server.Api.Alertmanager;

/// <summary>An error as Alertmanager answers it: a text alone where <paramref name="Code"/> is null, else an object with the code.</summary>
/// <param name="StatusCode">The HTTP status.</param>
/// <param name="Code">Of the kind of error: 601 wrong type, 602 required, 612 too few items, otherwise the HTTP status.</param>
/// <param name="Message">Holds no secret.</param>
internal sealed record ApiV2Error(int StatusCode, int? Code, string Message)
{
    public const int WrongType = 601;
    public const int Required = 602;
    public const int TooFewItems = 612;

    public static ApiV2Error BadRequest(string message) => new(StatusCodes.Status400BadRequest, null, message);

    public static ApiV2Error Validation(int code, string message) => new(StatusCodes.Status422UnprocessableEntity, code, message);

    public static ApiV2Error Unparsable(string what, string reason) =>
        new(StatusCodes.Status400BadRequest, StatusCodes.Status400BadRequest, $"parsing {what} body from \"\" failed, because {reason}");

    public Task WriteAsync(HttpContext context) => Code is { } code
        ? ApiV2Answer.WriteAsync(context, StatusCode, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("code"u8, code);
            json.WriteString("message"u8, Message);
            json.WriteEndObject();
        })
        : ApiV2Answer.WriteTextAsync(context, StatusCode, Message);
}
