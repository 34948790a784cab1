using System.Collections.Frozen;

namespace Pharos.Access.Sessions;

/// <summary>All sessions at one moment. Immutable.</summary>
internal sealed class SessionIndex
{
    private readonly FrozenDictionary<string, (UserSessions User, StoredSession Session)> _byHash;

    public SessionIndex(long revision, IReadOnlyList<UserSessions> users)
    {
        Revision = revision;
        Users = users;
        var byHash = new Dictionary<string, (UserSessions, StoredSession)>(StringComparer.Ordinal);
        foreach (UserSessions user in users)
        {
            foreach (StoredSession session in user.Sessions)
            {
                // A copied file would be a session of two users: it is the first one's.
                byHash.TryAdd(session.SecretHash, (user, session));
            }
        }

        _byHash = byHash.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public long Revision { get; }

    public IReadOnlyList<UserSessions> Users { get; }

    /// <summary>By the hash, which nobody can aim at, so that the time of the look-up tells nothing.</summary>
    public bool TryFind(string secretHash, out UserSessions user, out StoredSession session)
    {
        bool found = _byHash.TryGetValue(secretHash, out (UserSessions User, StoredSession Session) item);
        (user, session) = item;
        return found;
    }
}
