"""A room full of people: scenes, rooms, questions, group sheets; kept beside the generations."""
