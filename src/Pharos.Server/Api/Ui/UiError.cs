namespace Pharos.Server.Api.Ui;

/// <summary>Writes errors as <c>docs/api.md</c> states them: <c>{"error": {"message", "cause"?, "place"?, "fix"?}}</c>.</summary>
internal static class UiError
{
    /// <param name="context">Nothing was sent yet.</param>
    /// <param name="statusCode">The HTTP status.</param>
    /// <param name="message">One sentence for people, whose capital and full stop are put in here; holds no secret.</param>
    /// <param name="cause">The unchanged text of the part that failed.</param>
    /// <param name="place">Where in a file or text.</param>
    /// <param name="fix">What to do about it.</param>
    public static Task WriteAsync(HttpContext context, int statusCode, string message, string? cause = null, UiPlace? place = null, string? fix = null) =>
        JsonAnswer.WriteAsync(context, statusCode, json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("error"u8);
            json.WriteString("message"u8, UiText.Sentence(message));
            json.WriteIfAny("cause", cause);
            place?.Write(json);
            json.WriteIfAny("fix", fix);
            json.WriteEndObject();
            json.WriteEndObject();
        });
}
