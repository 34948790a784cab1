namespace Pharos.Access;

/// <summary>What a first start did.</summary>
public enum FirstStartKind
{
    /// <summary>Nothing: somebody can sign in already.</summary>
    NotNeeded,

    /// <summary>Made an admin whose password has to be shown now, once.</summary>
    Show,

    /// <summary>Made an admin whose password stands in a file.</summary>
    Written,

    /// <summary>Made an admin with the password of <c>--web.admin-password-file</c>.</summary>
    FromFile,

    /// <summary>Made the admin that variables of the environment name.</summary>
    FromEnvironment,
}

/// <summary>What to tell after a start.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="UserName">Whom it made.</param>
/// <param name="Password">Only with <see cref="FirstStartKind.Show"/>: for the terminal and for nothing else.</param>
/// <param name="Path">The file or variable with the password, where there is one.</param>
public sealed record FirstStartNotice(FirstStartKind Kind, string UserName, string? Password, string? Path)
{
    /// <summary>For the log: without the password.</summary>
    public override string ToString() => Kind switch
    {
        FirstStartKind.Show => $"made the user {UserName} with a random password, shown on the terminal",
        FirstStartKind.Written => $"made the user {UserName} with a random password, written to {Path}",
        FirstStartKind.FromEnvironment => $"made the user {UserName} with the password of {Path}",
        FirstStartKind.FromFile => $"made the user {UserName} with the password of {Path}",
        _ => "users are there already",
    };
}
