using Pharos.Core.Contracts;

namespace Pharos.Server.Access;

/// <summary>Who has to choose another password before anything else.</summary>
internal sealed record PasswordChangeNeeded(Caller Caller);
