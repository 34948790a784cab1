using System.Text.Json;
using System.Text.Json.Nodes;
using Pharos.Core.Contracts;

namespace Pharos.Access.Sessions;

/// <summary>The sessions of a user as they are stored: <c>{"lastSignIn": …, "sessions": [{"sha256", "proof", "created", "used"}]}</c>.</summary>
internal static class SessionDocument
{
    private const string OwnPrefix = "user:";
    private const string WebPrefix = "web:";

    public static string IdOf(CallerKind kind, string name) => (kind == CallerKind.WebConfigUser ? WebPrefix : OwnPrefix) + name;

    public static JsonElement Write(UserSessions user)
    {
        var sessions = new JsonArray();
        foreach (StoredSession session in user.Sessions)
        {
            sessions.Add(new JsonObject
            {
                ["sha256"] = session.SecretHash,
                ["proof"] = session.Proof,
                ["created"] = session.Created.UtcDateTime,
                ["used"] = session.Used.UtcDateTime,
            });
        }

        return JsonSerializer.SerializeToElement(new JsonObject { ["lastSignIn"] = user.LastSignIn.UtcDateTime, ["sessions"] = sessions });
    }

    /// <exception cref="FormatException">It holds no sessions.</exception>
    public static UserSessions Read(Document document)
    {
        bool isWeb = document.Id.StartsWith(WebPrefix, StringComparison.Ordinal);
        if (!isWeb && !document.Id.StartsWith(OwnPrefix, StringComparison.Ordinal))
        {
            throw new FormatException($"the id begins with neither {OwnPrefix} nor {WebPrefix}");
        }

        if (!document.Content.TryGetProperty("sessions", out JsonElement sessions) || sessions.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException("sessions is no list");
        }

        var read = new List<StoredSession>();
        foreach (JsonElement session in sessions.EnumerateArray())
        {
            if (session.ValueKind != JsonValueKind.Object)
            {
                throw new FormatException("a session is no object");
            }

            read.Add(new StoredSession(
                StoredFields.Text(session, "sha256"), StoredFields.Text(session, "proof"), StoredFields.Time(session, "created"), StoredFields.Time(session, "used")));
        }

        return new UserSessions(
            isWeb ? CallerKind.WebConfigUser : CallerKind.User,
            document.Id[(isWeb ? WebPrefix : OwnPrefix).Length..],
            StoredFields.Time(document.Content, "lastSignIn"),
            read,
            document.Version);
    }
}
