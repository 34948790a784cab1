using System.Collections.Frozen;
using Pharos.Core.Contracts;

namespace Pharos.Access.Users;

/// <summary>All users at one moment. Immutable.</summary>
public sealed class UserList
{
    private readonly FrozenDictionary<string, User> _byName;

    internal UserList(long revision, IReadOnlyList<User> users, IReadOnlyList<UnreadableDocument> unreadable)
    {
        Revision = revision;
        Users = users;
        Unreadable = unreadable;
        _byName = users.ToFrozenDictionary(static user => user.Name, StringComparer.Ordinal);
    }

    /// <summary>By name.</summary>
    public IReadOnlyList<User> Users { get; }

    /// <summary>Documents that are no users; nobody signs in by them, and somebody should be told.</summary>
    public IReadOnlyList<UnreadableDocument> Unreadable { get; }

    internal long Revision { get; }

    /// <summary>Null when there is none.</summary>
    public User? Find(string name) => _byName.GetValueOrDefault(name);
}
