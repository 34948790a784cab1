namespace Pharos.Core.Contracts;

/// <summary>How a caller proved who it is.</summary>
public enum CallerKind
{
    /// <summary>Nobody proved anything: <c>--web.auth=none</c> on a loopback address.</summary>
    Anonymous,

    /// <summary>A user of Pharos, by name and password.</summary>
    User,

    /// <summary>A token.</summary>
    Token,

    /// <summary>A user of <c>basic_auth_users</c> in <c>--web.config.file</c>.</summary>
    WebConfigUser,
}
