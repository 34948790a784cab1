using Pharos.Access;
using Pharos.Access.Passwords;
using Pharos.Access.Users;
using Pharos.Core.Contracts;
using Pharos.Server.Flags;

namespace Pharos.Server.Commands;

/// <summary><c>pharos user</c>: the people who sign in.</summary>
internal sealed class UserCommand : AccessCommand
{
    private const string Actions = "add, password, list or remove";

    private static readonly FlagDefinition RoleFlag = new("role", FlagKind.Choice, "viewer", "What a new user may do.") { Choices = ["viewer", "editor", "admin"] };

    public UserCommand()
        : this(null)
    {
    }

    internal UserCommand(PasswordHasher? hasher)
        : base([RoleFlag], hasher)
    {
    }

    public override string Name => "user";

    public override string Summary => "add, list and remove users, and set passwords";

    protected override string Usage => """
        usage: pharos user add NAME [--role viewer|editor|admin]
               pharos user password NAME
               pharos user list
               pharos user remove NAME

        Passwords are asked for, or read from standard input. A running server follows within a second.
        """;

    protected override async Task RunAsync(IReadOnlyList<string> words, FlagValues flags, AccessStores stores, CommandIo io, CancellationToken cancellationToken)
    {
        string action = words.Count > 0 ? words[0] : "";
        if (action != "add" && flags.IsGiven(RoleFlag.Name))
        {
            throw new FlagException($"--{RoleFlag.Name} belongs to add", ExitCode.Usage);
        }

        switch (action)
        {
            case "add":
                ExpectWords(words, "NAME");
                await AddAsync(words[1], flags, stores, io, cancellationToken).ConfigureAwait(false);
                break;
            case "password":
                ExpectWords(words, "NAME");
                await SetPasswordAsync(words[1], stores, io, cancellationToken).ConfigureAwait(false);
                break;
            case "list":
                ExpectWords(words);
                await ListAsync(stores, io, cancellationToken).ConfigureAwait(false);
                break;
            case "remove":
                ExpectWords(words, "NAME");
                await stores.Users.RemoveAsync(words[1], cancellationToken).ConfigureAwait(false);
                await SayAsync(io, $"user \"{words[1]}\" is removed", cancellationToken).ConfigureAwait(false);
                break;
            default:
                throw UnknownAction(words, Actions);
        }
    }

    private static async Task AddAsync(string name, FlagValues flags, AccessStores stores, CommandIo io, CancellationToken cancellationToken)
    {
        if (UserName.Check(name) is string reason)
        {
            throw new AccessException(reason);
        }

        // Before somebody types a password twice for nothing.
        if ((await stores.Users.ListAsync(cancellationToken).ConfigureAwait(false)).Find(name) is not null)
        {
            throw new AccessException($"user \"{name}\" exists already");
        }

        string password = await PasswordPrompt.ReadAsync(name, io, cancellationToken).ConfigureAwait(false);
        _ = RoleWords.TryParse(flags.Get(RoleFlag.Name), out Role role);
        await stores.Users.AddAsync(name, role, password, cancellationToken).ConfigureAwait(false);
        await SayAsync(io, $"user \"{name}\" is added as {role.ToWord()}", cancellationToken).ConfigureAwait(false);
    }

    private static async Task SetPasswordAsync(string name, AccessStores stores, CommandIo io, CancellationToken cancellationToken)
    {
        if ((await stores.Users.ListAsync(cancellationToken).ConfigureAwait(false)).Find(name) is null)
        {
            throw new AccessException($"there is no user \"{name}\"");
        }

        string password = await PasswordPrompt.ReadAsync(name, io, cancellationToken).ConfigureAwait(false);
        await stores.Users.SetPasswordAsync(name, password, cancellationToken).ConfigureAwait(false);
        if (name == FirstStart.AdminName)
        {
            FirstStart.Forget(stores.DataFolder);
        }

        await SayAsync(io, $"user \"{name}\" has a new password", cancellationToken).ConfigureAwait(false);
    }

    private static async Task ListAsync(AccessStores stores, CommandIo io, CancellationToken cancellationToken)
    {
        UserList list = await stores.Users.ListAsync(cancellationToken).ConfigureAwait(false);
        List<string[]> rows = [["NAME", "ROLE", "CREATED"]];
        rows.AddRange(list.Users.Select(static user => (string[])[user.Name, user.Role.ToWord(), Time(user.Created)]));
        await WriteTableAsync(io, rows, cancellationToken).ConfigureAwait(false);
        await SayUnreadableAsync(io, list.Unreadable, cancellationToken).ConfigureAwait(false);
    }
}
