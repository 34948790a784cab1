namespace Pharos.Access.Authentication;

/// <summary>How a request stands.</summary>
public enum AuthenticationOutcome
{
    /// <summary>The caller is known.</summary>
    Accepted,

    /// <summary>It brought no proof, or one of an unknown form: 401.</summary>
    NoCredentials,

    /// <summary>It brought a proof that is wrong: 401.</summary>
    Refused,

    /// <summary>Wrong proofs came too often, or more than can be checked: 429.</summary>
    TooManyFailures,

    /// <summary>The users cannot be read: 503.</summary>
    Unavailable,
}
