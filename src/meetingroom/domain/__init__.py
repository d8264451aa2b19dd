"""What a meeting is: people, agenda, papers, marks, votes; who may write and read."""
